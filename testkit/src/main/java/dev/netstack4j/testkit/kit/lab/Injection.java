package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.spi.StackModule;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// Makes an object of a module as core would, but with services of the kit's choice.
final class Injection {
    private final Function<Class<?>, Object> services;
    private final Map<Class<?>, Object> own = new HashMap<>(); // looked up only

    Injection(Function<Class<?>, Object> services) {
        this.services = services;
    }

    <T> T make(StackModule module, Class<T> type) {
        try {
            Constructor<?> c = constructor(type);
            MethodHandles.Lookup in = MethodHandles.privateLookupIn(type, module.lookup());
            Class<?>[] wanted = c.getParameterTypes();
            Object[] arguments = new Object[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                arguments[i] = argument(module, wanted[i]);
            }
            return type.cast(in.unreflectConstructor(c).invokeWithArguments(arguments));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot make " + type.getName() + " of " + module.name(), e);
        }
    }

    private Object argument(StackModule module, Class<?> type) {
        if (type.getPackageName().equals(module.getClass().getPackageName()) && !type.isInterface()) {
            Object there = own.get(type);
            if (there == null) {
                there = make(module, type);
                own.put(type, there);
            }
            return there;
        }
        return services.apply(type);
    }

    private static Constructor<?> constructor(Class<?> type) {
        Constructor<?>[] all = type.getDeclaredConstructors();
        for (Constructor<?> c : all) {
            if (c.isAnnotationPresent(Inject.class)) {
                return c;
            }
        }
        throw new IllegalStateException(type.getName() + " has no constructor with @Inject");
    }
}
