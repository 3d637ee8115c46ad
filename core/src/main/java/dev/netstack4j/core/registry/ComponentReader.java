package dev.netstack4j.core.registry;

import jakarta.inject.Inject;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds how each contributed class is constructed. A class contributed in several places is one component.
public final class ComponentReader {
    private final Map<Class<?>, JoinedModule> owners = new LinkedHashMap<>();
    private final Problems problems;

    private ComponentReader(Problems problems) {
        this.problems = problems;
    }

    /// The components of a catalogue, in the order of assembly.
    public static List<Component> read(Catalogue catalogue, Problems problems) {
        ComponentReader reader = new ComponentReader(problems);
        catalogue.services().forEach(s -> reader.owners.putIfAbsent(s.implementation(), s.owner()));
        catalogue.declarations().forEach(d -> reader.owners.putIfAbsent(d.implementation(), d.owner()));
        return reader.components();
    }

    private List<Component> components() {
        List<Component> result = new ArrayList<>();
        owners.forEach((type, owner) -> {
            Component c = component(type, owner);
            if (c != null) {
                result.add(c);
            }
        });
        return result;
    }

    private @Nullable Component component(Class<?> type, JoinedModule owner) {
        try {
            Constructor<?> constructor = constructor(type, owner);
            return constructor == null
                    ? null
                    : new Component(
                            owner, type, reach(constructor, owner), List.of(constructor.getGenericParameterTypes()));
        } catch (IllegalAccessException e) {
            problems.add(owner.label() + ": " + type.getName()
                    + " cannot be reached through the module's lookup(); it must be "
                    + "'return MethodHandles.lookup();' in a class of the same module.");
        } catch (RuntimeException | LinkageError e) {
            problems.add(owner.label() + ": " + type.getName() + " cannot be read: " + Problems.say(e) + ".");
        }
        return null;
    }

    private @Nullable Constructor<?> constructor(Class<?> type, JoinedModule owner) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            problems.add(owner.label() + ": " + type.getName() + " is abstract, so no object can be made of it.");
            return null;
        }
        List<Constructor<?>> marked = new ArrayList<>();
        for (Constructor<?> c : type.getDeclaredConstructors()) {
            if (c.isAnnotationPresent(Inject.class)) {
                marked.add(c);
            }
        }
        if (marked.size() == 1) {
            return marked.get(0);
        }
        problems.add(owner.label() + ": " + type.getName() + " has " + (marked.isEmpty() ? "no" : "" + marked.size())
                + (marked.isEmpty() ? " constructor" : " constructors")
                + " marked @Inject; mark exactly one, and the stack uses that.");
        return null;
    }

    private static MethodHandle reach(Constructor<?> constructor, JoinedModule owner) throws IllegalAccessException {
        MethodHandles.Lookup own = owner.module().lookup();
        MethodHandles.Lookup there = MethodHandles.privateLookupIn(constructor.getDeclaringClass(), own);
        return there.unreflectConstructor(constructor);
    }
}
