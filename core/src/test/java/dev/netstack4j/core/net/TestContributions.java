package dev.netstack4j.core.net;

import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.PlugPoint;
import dev.netstack4j.core.registry.Contributed;
import dev.netstack4j.core.registry.ContributionTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Contributions that a test makes itself.
final class TestContributions implements ContributionTable {
    private record One<T>(PlugPoint<T> point, Contributed<T> contributed) {}

    private final List<One<?>> all = new ArrayList<>();

    <T> void add(PlugPoint<T> point, String owner, String key, T object) {
        all.add(new One<>(point, new Contributed<>(owner, key, OptionSchema.NONE, List.of(), () -> object)));
    }

    @Override
    public <T> @Nullable Contributed<T> find(PlugPoint<T> point, String key) {
        for (Contributed<T> c : all(point)) {
            if (c.key().equals(key)) {
                return c;
            }
        }
        return null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> List<Contributed<T>> all(PlugPoint<T> point) {
        List<Contributed<T>> found = new ArrayList<>();
        for (One<?> one : all) {
            if (one.point().equals(point)) {
                found.add((Contributed<T>) one.contributed());
            }
        }
        return found;
    }
}
