package dev.netstack4j.core.net.receive;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The present [HandlerTables]. Changed under the control lock, read by the data path.
@Singleton
public final class HandlerRegistry {
    private volatile HandlerTables tables = new HandlerTables(List.of());

    /// Injected.
    @Inject
    public HandlerRegistry() {}

    /// The handlers of now.
    public HandlerTables tables() {
        return tables;
    }

    /// Adds a handler.
    public void add(HandlerEntry entry) {
        tables = tables.with(entry);
    }

    /// Takes a handler out. CPUs may still be in it.
    public void remove(HandlerEntry entry) {
        tables = tables.without(entry);
    }

    /// The handler of an EtherType that is for all devices, or null.
    public @Nullable HandlerEntry owner(int etherType) {
        for (HandlerEntry e : tables.all()) {
            if (e.etherType() == etherType && e.isForAllDevices()) {
                return e;
            }
        }
        return null;
    }
}
