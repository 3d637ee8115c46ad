package dev.netstack4j.core.registry;

import dev.netstack4j.api.spi.PlugPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All contributions to one stack.
public interface ContributionTable {
    /// The contribution under a key of an exclusive plug point, or null.
    <T> @Nullable Contributed<T> find(PlugPoint<T> point, String key);

    /// All contributions to a plug point, in the order of assembly.
    <T> List<Contributed<T>> all(PlugPoint<T> point);
}
