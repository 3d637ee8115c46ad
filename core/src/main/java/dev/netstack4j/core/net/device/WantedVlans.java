package dev.netstack4j.core.net.device;

import java.util.Map;
import java.util.TreeMap;

/// The VLANs of which a device's frames are wanted, with how often each is. Guarded by the control lock.
public final class WantedVlans {
    private final Map<Integer, Integer> wanted = new TreeMap<>();

    WantedVlans() {}

    /// One more wants it.
    ///
    /// @return whether nobody did before
    public boolean add(int id) {
        return wanted.merge(id, 1, Integer::sum) == 1;
    }

    /// One wants it no longer.
    ///
    /// @return whether nobody does any more
    public boolean remove(int id) {
        return wanted.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1) == null;
    }

    /// Whether somebody wants it.
    public boolean has(int id) {
        return wanted.containsKey(id);
    }
}
