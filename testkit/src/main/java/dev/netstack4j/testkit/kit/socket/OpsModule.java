package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The subject's module, whose `ProtoOps` the kit finds as a service of the stack.
final class OpsModule implements StackModule {
    private final SocketSubject subject;
    private final StackModule module;
    private final List<Declared> found = new ArrayList<>();

    private record Declared(int protocol, Class<? extends ProtoOps> type) {}

    OpsModule(SocketSubject subject) {
        this.subject = subject;
        this.module = subject.stackModule();
    }

    @Override
    public String name() {
        return module.name();
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return module.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        Set<Object> services = new HashSet<>();
        found.clear();
        module.contribute((Contributions) Proxy.newProxyInstance(
                OpsModule.class.getClassLoader(), new Class<?>[] {Contributions.class}, (proxy, method, a) -> {
                    if (method.getName().equals("socket")) {
                        noteSocket(a);
                    }
                    if (method.getName().equals("service")) {
                        services.add(a[0]);
                    }
                    try {
                        return method.invoke(c, a);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
        Class<? extends ProtoOps> type = opsClass();
        if (!services.contains(type)) {
            serve(c, type);
        }
    }

    private static <T> void serve(Contributions c, Class<T> type) {
        c.service(type, type);
    }

    @SuppressWarnings("unchecked")
    private void noteSocket(Object[] a) {
        if (a[0].equals(subject.family()) && a[1].equals(subject.type())) {
            found.add(new Declared((int) a[2], (Class<? extends ProtoOps>) a[3]));
        }
    }

    /// What the module contributes for the subject's family, type and protocol.
    Class<? extends ProtoOps> opsClass() {
        return asked().type;
    }

    private Declared asked() {
        Declared any = null;
        for (Declared d : found) {
            if (d.protocol == subject.protocol()) {
                return d;
            }
            boolean fits = subject.protocol() == 0 || d.protocol == Contributions.ANY_PROTOCOL;
            any = any == null && fits ? d : any;
        }
        if (any == null) {
            throw new IllegalStateException("module " + module.name() + " brings no sockets of " + subject.family()
                    + ", type " + subject.type() + ", protocol " + subject.protocol());
        }
        return any;
    }

    /// The subject's protocol as a socket is told it: with 0 replaced by the type's own.
    int protocol() {
        if (subject.protocol() != 0) {
            return subject.protocol();
        }
        Class<? extends ProtoOps> type = opsClass();
        return found.stream()
                .filter(d -> d.type == type && d.protocol > 0)
                .mapToInt(Declared::protocol)
                .findFirst()
                .orElse(0);
    }
}
