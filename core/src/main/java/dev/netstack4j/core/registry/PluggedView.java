package dev.netstack4j.core.registry;

import dev.netstack4j.api.spi.PlugPoint;
import dev.netstack4j.api.spi.Plugged;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The contributions of one stack as modules see them: the objects alone.
public final class PluggedView implements Plugged {
    private final ContributionTable table;

    /// @param table all contributions
    public PluggedView(ContributionTable table) {
        this.table = table;
    }

    @Override
    public <T> @Nullable T find(PlugPoint<T> point, String key) {
        Contributed<T> found = table.find(point, key);
        return found == null ? null : found.instance();
    }

    @Override
    public <T> List<T> all(PlugPoint<T> point) {
        List<T> objects = new ArrayList<>();
        table.all(point).forEach(c -> objects.add(c.instance()));
        return objects;
    }

    @Override
    public List<String> keys(PlugPoint<?> point) {
        List<String> keys = new ArrayList<>();
        table.all(point).forEach(c -> keys.add(c.key()));
        return keys;
    }
}
