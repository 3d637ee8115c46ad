package dev.netstack4j.proto.arp;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.device.DeviceNotifier;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.neighbour.NeighbourOps;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.StackModule;
import java.lang.invoke.MethodHandles;

/// Contributes ARP: the owner of its EtherType, and how IPv4 neighbours are asked for.
public final class ArpModule implements StackModule {
    /// Called by the service loader.
    public ArpModule() {}

    @Override
    public String name() {
        return "proto-arp";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.service(Ipv4View.class, Ipv4View.class);
        c.service(ArpTransmitter.class, ArpTransmitter.class);
        c.packetType(EtherType.ARP, ArpHandler.class);
        c.plug(NeighbourOps.POINT, NeighbourOps.key(AddressFamily.INET), OptionSchema.NONE, ArpNeighbourOps.class);
        c.plug(DeviceNotifier.POINT, "arp", OptionSchema.NONE, ArpAnnouncer.class);
    }
}
