package dev.netstack4j.proto.ipv4.input;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.proto.ipv4.header.Ipv4Address;
import jakarta.inject.Inject;

/// The multicast groups that this host takes part in: all hosts, on every device. Other groups cannot be joined yet.
@Rfc("1112#7.2")
public final class Groups {
    /// Only the group of all hosts.
    @Inject
    public Groups() {}

    /// Whether packets to a group are delivered here when they come by a device.
    public boolean isMember(int group, NetDevice device) {
        return group == Ipv4Address.ALL_HOSTS;
    }
}
