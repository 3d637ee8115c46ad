package dev.netstack4j.core.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Scopes;
import com.google.inject.TypeLiteral;
import dev.netstack4j.core.registry.Component;
import dev.netstack4j.core.registry.ServiceDeclaration;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The bindings of one stack: core's own objects, one singleton per component, and the services that they provide.
final class StackBindings extends AbstractModule {
    private final Map<Class<?>, Object> given;
    private final List<Component> components;
    private final List<ServiceDeclaration> services;

    StackBindings(Map<Class<?>, Object> given, List<Component> components, List<ServiceDeclaration> services) {
        this.given = given;
        this.components = components;
        this.services = services;
    }

    @Override
    protected void configure() {
        // A source that is given saves Guice the walk up its own stack for each binding.
        Binder b = binder().withSource(StackBindings.class);
        b.requireExplicitBindings();
        b.disableCircularProxies();
        given.forEach((type, object) -> bindGiven(b, type, object));
        components.forEach(c -> bindComponent(b, c.type(), c));
        services.forEach(s -> bindService(b, s.type(), s.implementation()));
    }

    private static <T> void bindGiven(Binder b, Class<T> type, Object object) {
        b.bind(type).toInstance(type.cast(object));
    }

    private static <T> void bindComponent(Binder b, Class<T> type, Component component) {
        List<Provider<?>> arguments = new ArrayList<>();
        for (Type need : component.needs()) {
            arguments.add(b.getProvider(Key.get(need)));
        }
        b.bind(type)
                .toProvider(new LookupProvider<>(type, component.constructor(), arguments))
                .in(Scopes.SINGLETON);
    }

    private static <T> void bindService(Binder b, Class<T> type, Class<?> implementation) {
        if (type != implementation) {
            b.bind(type).to(TypeLiteral.get(implementation.asSubclass(type)));
        }
    }
}
