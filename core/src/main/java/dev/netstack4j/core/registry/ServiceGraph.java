package dev.netstack4j.core.registry;

import jakarta.inject.Provider;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who needs whom, and the order that follows: what is needed comes first, otherwise the order of assembly holds.
public final class ServiceGraph {
    private final List<Component> components;
    private final Map<Type, Component> providers = new HashMap<>(); // looked up only
    private final Set<Class<?>> given;
    private final LinkedHashSet<Component> order = new LinkedHashSet<>();
    private final List<Component> path = new ArrayList<>();
    private final Set<Component> inCycle = new HashSet<>(); // looked up only
    private final Problems problems;

    /// Orders components and tells what is missing and what goes in a circle.
    ///
    /// @param given types of which core has objects already
    public ServiceGraph(Catalogue catalogue, List<Component> components, Set<Class<?>> given, Problems problems) {
        this.components = components;
        this.given = given;
        this.problems = problems;
        Map<Class<?>, Component> byClass = new HashMap<>(); // looked up only
        components.forEach(c -> byClass.put(c.type(), c));
        providers.putAll(byClass);
        for (ServiceDeclaration s : catalogue.services()) {
            Component c = byClass.get(s.implementation());
            if (c != null) {
                providers.putIfAbsent(s.type(), c);
            }
        }
        sort(catalogue);
    }

    private void sort(Catalogue catalogue) {
        Set<Class<?>> declared = new HashSet<>(); // looked up only
        catalogue.services().forEach(s -> declared.add(s.type()));
        catalogue.declarations().forEach(d -> declared.add(d.implementation()));
        for (Component c : components) {
            c.needs().forEach(need -> checkPresent(c, need, declared));
        }
        components.forEach(this::visit);
    }

    // A service whose class cannot be constructed is a problem that was told already.
    private void checkPresent(Component c, Type need, Set<Class<?>> declared) {
        Type wanted = unwrap(need);
        if (!given.contains(wanted) && !providers.containsKey(wanted) && !declared.contains(wanted)) {
            problems.add(c.owner().label() + ": " + c.type().getName() + " needs " + name(wanted)
                    + ", but no module of this stack provides it.");
        }
    }

    private void visit(Component c) {
        if (order.contains(c)) {
            return;
        }
        int from = path.indexOf(c);
        if (from >= 0) {
            tellCycle(path.subList(from, path.size()));
            return;
        }
        path.add(c);
        for (Type need : c.needs()) {
            Component provider = isProvider(need) ? null : providers.get(need);
            if (provider != null) {
                visit(provider);
            }
        }
        path.remove(path.size() - 1);
        order.add(c);
    }

    private void tellCycle(List<Component> cycle) {
        if (inCycle.addAll(cycle)) {
            StringBuilder s = new StringBuilder("The start-up order goes in a circle: ");
            cycle.forEach(c -> s.append(c.label()).append(" needs "));
            s.append(cycle.get(0).label()).append(". One of them must not ask for the other in its constructor.");
            problems.add(s.toString());
        }
    }

    /// What stands behind `Provider<T>`: `T`; anything else stands for itself.
    private static Type unwrap(Type need) {
        return isProvider(need) ? ((ParameterizedType) need).getActualTypeArguments()[0] : need;
    }

    private static boolean isProvider(Type need) {
        return need instanceof ParameterizedType p && p.getRawType() == Provider.class;
    }

    private static String name(Type type) {
        return type instanceof Class<?> c ? c.getSimpleName() : type.getTypeName();
    }

    /// All components, what is needed first.
    public List<Component> order() {
        return List.copyOf(order);
    }

    /// The component that provides a type, or null.
    public @Nullable Component provider(Type type) {
        return providers.get(type);
    }
}
