package dev.netstack4j.core.net.device;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.device.RxMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which frames a device is asked to take: promiscuous or not, and groups with how often each was joined. Guarded by
/// the control lock.
public final class ReceiveFilter {
    private final Map<Long, Integer> groups = new TreeMap<>();
    private boolean promiscuous;

    ReceiveFilter() {}

    /// Switches promiscuous mode.
    ///
    /// @return whether that changed anything
    public boolean promiscuous(boolean on) {
        boolean changed = promiscuous != on;
        promiscuous = on;
        return changed;
    }

    /// Joins a group once more.
    ///
    /// @return whether it was joined for the first time
    public boolean join(MacAddress group) {
        return groups.merge(group.bits(), 1, Integer::sum) == 1;
    }

    /// Leaves a group once.
    ///
    /// @return whether nobody is in it any more
    public boolean leave(MacAddress group) {
        Integer count = groups.get(group.bits());
        if (count == null) {
            return false;
        }
        if (count > 1) {
            groups.put(group.bits(), count - 1);
            return false;
        }
        groups.remove(group.bits());
        return true;
    }

    /// Whether somebody is in the group.
    public boolean has(MacAddress group) {
        return groups.containsKey(group.bits());
    }

    /// The same for the driver.
    public RxMode mode() {
        List<MacAddress> all = new ArrayList<>();
        groups.keySet().forEach(bits -> all.add(MacAddress.of(bits)));
        return new RxMode(promiscuous, false, all);
    }
}
