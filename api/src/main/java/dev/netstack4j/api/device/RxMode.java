package dev.netstack4j.api.device;

import dev.netstack4j.api.address.MacAddress;
import java.util.List;

/// Which frames a device is to take beside its own and broadcasts.
public final class RxMode {
    private final boolean promiscuous;
    private final boolean allMulticast;
    private final List<MacAddress> groups;

    /// @param groups multicast addresses wanted
    public RxMode(boolean promiscuous, boolean allMulticast, List<MacAddress> groups) {
        this.promiscuous = promiscuous;
        this.allMulticast = allMulticast;
        this.groups = List.copyOf(groups);
    }

    /// Every frame.
    public boolean promiscuous() {
        return promiscuous;
    }

    /// Every multicast frame.
    public boolean allMulticast() {
        return allMulticast;
    }

    /// These groups.
    public List<MacAddress> groups() {
        return groups;
    }
}
