package dev.netstack4j.core.stack;

import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.PacketSteering;
import dev.netstack4j.api.device.SentPackets;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.neighbour.NeighbourTables;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.InetProtocols;
import dev.netstack4j.api.qdisc.EcnMarker;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.Hardware;
import dev.netstack4j.api.stack.Links;
import dev.netstack4j.core.net.InetProtocolTable;
import dev.netstack4j.core.net.LinkControl;
import dev.netstack4j.core.net.LinkLayerPath;
import dev.netstack4j.core.net.NeighbourCaches;
import dev.netstack4j.core.net.NetDeviceTable;
import dev.netstack4j.core.net.NetParts;
import dev.netstack4j.core.net.NetfilterHooks;
import dev.netstack4j.core.net.PacketTypeTable;
import dev.netstack4j.core.net.QdiscControl;
import dev.netstack4j.core.net.SentPacketsQueue;
import dev.netstack4j.core.net.steering.SteeringControl;
import dev.netstack4j.core.net.transmit.PacketMarker;
import dev.netstack4j.core.socket.SocketServices;
import java.lang.invoke.MethodHandles;

/// Core as a module of its own: its parts are constructed, ordered and listed like those of everybody else.
final class CoreModule implements StackModule {
    @Override
    public String name() {
        return "core";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        c.service(NetDevices.class, NetDeviceTable.class);
        c.service(Links.class, LinkControl.class);
        c.service(PacketTypes.class, PacketTypeTable.class);
        c.service(LinkLayer.class, LinkLayerPath.class);
        c.service(PacketSteering.class, SteeringControl.class);
        c.service(SentPackets.class, SentPacketsQueue.class);
        c.service(Qdiscs.class, QdiscControl.class);
        c.service(EcnMarker.class, PacketMarker.class);
        c.service(NeighbourTables.class, NeighbourCaches.class);
        c.service(Netfilter.class, NetfilterHooks.class);
        c.service(InetProtocols.class, InetProtocolTable.class);
        c.service(InetFamilies.class, InetFamilyTable.class);
        c.service(Hardware.class, HardwareControl.class);
        NetParts.classes().forEach(part -> inner(c, part));
        SocketServices.contribute(c);
    }

    /// A class that only core's own parts inject.
    private static <T> void inner(Contributions c, Class<T> part) {
        c.service(part, part);
    }
}
