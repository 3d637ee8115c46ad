package dev.netstack4j.testkit.fake;

import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.statistics.Counters;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Constructs what a module contributes as core does, through the module's own lookup and one object a class, but with
/// the fakes of a [TestHost] as services.
public final class FakeAssembly {
    private final StackModule module;
    private final Declarations declarations;
    private final Map<Class<?>, Object> services = new HashMap<>(); // looked up only

    /// The parts of `module` on `host`.
    public FakeAssembly(StackModule module, TestHost host) {
        this.module = module;
        declarations = Declarations.of(module);
        services.put(Clock.class, host.clock());
        services.put(Timers.class, host.timers());
        services.put(PacketReasons.class, host.ledger());
        services.put(SkBuffPool.class, host.pool());
        services.put(Counters.class, host.counters());
        services.put(Sysctls.class, host.sysctls());
        services.put(RandomStreams.class, host.random());
        services.put(Sync.class, host.sync());
    }

    /// Gives a service that the module injects and another module or the test provides.
    public FakeAssembly service(Class<?> type, Object object) {
        services.put(type, type.cast(object));
        return this;
    }

    /// Several services, by type.
    public FakeAssembly services(Map<Class<?>, Object> objects) {
        objects.forEach(this::service);
        return this;
    }

    /// The object of a contribution.
    ///
    /// @param type of the plug point, for example `QdiscOps`
    /// @param key  within it, for example `tbf`
    public <T> T get(Class<T> type, String key) {
        return type.cast(object(declarations.find(type, key).implementation()));
    }

    /// What the module declares.
    public Declarations declarations() {
        return declarations;
    }

    private Object object(Class<?> type) {
        Object made = services.get(type);
        if (made == null) {
            made = make(implementationOf(type));
            services.put(type, made);
        }
        return made;
    }

    private Class<?> implementationOf(Class<?> type) {
        for (Declarations.Declared d : declarations.all()) {
            if (d.implementation() == type || d.point().equals("service") && d.type() == type) {
                return d.implementation();
            }
        }
        throw new IllegalStateException(
                module.name() + " injects " + type.getName() + ", of which there is no fake; give one with service()");
    }

    private Object make(Class<?> implementation) {
        Constructor<?> constructor = injected(implementation);
        List<Object> arguments = new ArrayList<>();
        for (Class<?> need : constructor.getParameterTypes()) {
            arguments.add(object(need));
        }
        try {
            return MethodHandles.privateLookupIn(implementation, module.lookup())
                    .unreflectConstructor(constructor)
                    .invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot construct " + implementation.getName(), e);
        }
    }

    private static Constructor<?> injected(Class<?> implementation) {
        for (Constructor<?> c : implementation.getDeclaredConstructors()) {
            if (c.isAnnotationPresent(Inject.class)) {
                return c;
            }
        }
        throw new IllegalStateException(implementation.getName() + " has no constructor marked @Inject");
    }
}
