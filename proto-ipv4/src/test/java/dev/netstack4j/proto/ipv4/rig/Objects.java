package dev.netstack4j.proto.ipv4.rig;

import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes one object of each class through its `@Inject` constructor, as core does.
final class Objects {
    private final Map<Class<?>, Object> made = new LinkedHashMap<>();

    <T> Objects bind(Class<T> type, T object) {
        made.put(type, object);
        return this;
    }

    <T> T get(Class<T> type) {
        Object known = made.get(type);
        if (known == null) {
            known = make(type);
            made.put(type, known);
        }
        return type.cast(known);
    }

    private Object make(Class<?> type) {
        for (Constructor<?> c : type.getDeclaredConstructors()) {
            if (c.isAnnotationPresent(Inject.class)) {
                return construct(c);
            }
        }
        throw new IllegalStateException(type + " has no @Inject constructor and is not bound");
    }

    private Object construct(Constructor<?> c) {
        Object[] arguments = new Object[c.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = get(c.getParameterTypes()[i]);
        }
        try {
            c.setAccessible(true);
            return c.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
