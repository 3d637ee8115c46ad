package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.hardware.PciBusOps;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// What a module declares: read without a stack.
public final class Declared {
    private Declared() {}

    /// A driver that a module brings.
    ///
    /// @param owner the module
    public record Driver(
            StackModule owner,
            String name,
            List<PciId> ids,
            OptionSchema schema,
            Class<? extends PciDriver> implementation) {}

    /// The PCI drivers of a module.
    public static List<Driver> drivers(StackModule module) {
        List<Driver> found = new ArrayList<>();
        module.contribute(contributions((name, arguments) -> {
            if (name.equals("pciDriver")) {
                found.add(driver(module, arguments));
            }
            return false;
        }));
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Driver driver(StackModule module, Object[] a) {
        return new Driver(
                module, (String) a[0], (List<PciId>) a[1], (OptionSchema) a[2], (Class<? extends PciDriver>) a[3]);
    }

    /// Whether a module brings the kind of bus (`pciBus`) or wire (`wire`).
    public static boolean brings(StackModule module, String what, String kind) {
        List<Object> found = new ArrayList<>();
        module.contribute(contributions((name, arguments) -> {
            if (name.equals(what) && arguments[0].equals(kind)) {
                found.add(kind);
            }
            return false;
        }));
        return !found.isEmpty();
    }

    /// The class of a bus kind.
    @SuppressWarnings("unchecked")
    static Class<? extends PciBusOps> bus(StackModule module, String kind) {
        return (Class<? extends PciBusOps>) busDeclaration(module, kind)[2];
    }

    /// The options of a bus kind.
    static OptionSchema busSchema(StackModule module, String kind) {
        return (OptionSchema) busDeclaration(module, kind)[1];
    }

    private static Object[] busDeclaration(StackModule module, String kind) {
        List<Object[]> found = new ArrayList<>();
        module.contribute(contributions((name, arguments) -> {
            if (name.equals("pciBus") && arguments[0].equals(kind)) {
                found.add(arguments);
            }
            return false;
        }));
        if (found.isEmpty()) {
            throw new IllegalStateException("module " + module.name() + " brings no bus '" + kind + "'");
        }
        return found.getFirst();
    }

    /// The module that `ServiceLoader` finds for a kind of bus or wire.
    public static StackModule find(String what, String kind) {
        for (StackModule m : ServiceLoader.load(StackModule.class)) {
            if (brings(m, what, kind)) {
                return m;
            }
        }
        throw new IllegalStateException("no module on the class path brings " + what + " '" + kind
                + "'; add it to the test's dependencies, or name it in the subject");
    }

    /// The same module without its drivers, which the kit makes itself.
    public static StackModule withoutDrivers(StackModule module) {
        return new StackModule() {
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
                module.contribute(contributions((name, arguments) -> !name.equals("pciDriver"), c));
            }
        };
    }

    private interface Seen {
        /// Returns whether the declaration goes on to where it was meant for.
        boolean declared(String method, Object[] arguments);
    }

    private static Contributions contributions(Seen seen) {
        return contributions(seen, null);
    }

    private static Contributions contributions(Seen seen, @Nullable Contributions behind) {
        return (Contributions) Proxy.newProxyInstance(
                Declared.class.getClassLoader(), new Class<?>[] {Contributions.class}, (proxy, method, arguments) -> {
                    if (arguments != null && seen.declared(method.getName(), arguments) && behind != null) {
                        try {
                            method.invoke(behind, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    }
                    return null;
                });
    }
}
