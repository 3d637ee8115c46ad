package dev.netstack4j.core.wiring;

import com.google.inject.AbstractModule;
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
        binder().requireExplicitBindings();
        binder().disableCircularProxies();
        given.forEach(this::bindGiven);
        components.forEach(c -> bindComponent(c.type(), c));
        services.forEach(s -> bindService(s.type(), s.implementation()));
    }

    private <T> void bindGiven(Class<T> type, Object object) {
        bind(type).toInstance(type.cast(object));
    }

    private <T> void bindComponent(Class<T> type, Component component) {
        List<Provider<?>> arguments = new ArrayList<>();
        for (Type need : component.needs()) {
            arguments.add(binder().getProvider(Key.get(need)));
        }
        bind(type)
                .toProvider(new LookupProvider<>(type, component.constructor(), arguments))
                .in(Scopes.SINGLETON);
    }

    private <T> void bindService(Class<T> type, Class<?> implementation) {
        if (type != implementation) {
            bind(type).to(TypeLiteral.get(implementation.asSubclass(type)));
        }
    }
}
