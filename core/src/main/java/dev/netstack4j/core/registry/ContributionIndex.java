package dev.netstack4j.core.registry;

import dev.netstack4j.api.spi.PlugPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The contributions of one stack, by plug point and key.
public final class ContributionIndex implements ContributionTable {
    private final Map<PlugPoint<?>, List<Contributed<?>>> byPoint = new HashMap<>(); // looked up only
    private final Map<PlugPoint<?>, Map<String, Contributed<?>>> byKey = new HashMap<>(); // looked up only

    /// @param declarations in the order of assembly
    /// @param objects      how a class becomes its one object
    public ContributionIndex(List<Declaration> declarations, Function<Class<?>, Supplier<?>> objects) {
        for (Declaration d : declarations) {
            Contributed<?> c = contributed(d, objects.apply(d.implementation()));
            byPoint.computeIfAbsent(d.point(), p -> new ArrayList<>()).add(c);
            byKey.computeIfAbsent(d.point(), p -> new HashMap<>()).putIfAbsent(d.key(), c);
        }
    }

    private static Contributed<?> contributed(Declaration d, Supplier<?> object) {
        return new Contributed<Object>(d.owner().label(), d.key(), d.schema(), d.ids(), object::get);
    }

    @Override
    @SuppressWarnings("unchecked") // declarations were checked against the type of their plug point
    public <T> @Nullable Contributed<T> find(PlugPoint<T> point, String key) {
        return (Contributed<T>) byKey.getOrDefault(point, Map.of()).get(key);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // as above
    public <T> List<Contributed<T>> all(PlugPoint<T> point) {
        return (List) List.copyOf(byPoint.getOrDefault(point, List.of()));
    }
}
