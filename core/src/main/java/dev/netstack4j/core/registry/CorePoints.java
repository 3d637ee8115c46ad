package dev.netstack4j.core.registry;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.hardware.PciBusOps;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.spi.PlugPoint;

/// The plug points behind the named methods of `Contributions`, and how their keys are written.
public final class CorePoints {
    /// Key: the kind.
    public static final PlugPoint<QdiscOps> QDISC = PlugPoint.exclusive("qdisc", QdiscOps.class);
    /// Key: the driver's name.
    public static final PlugPoint<PciDriver> PCI_DRIVER = PlugPoint.exclusive("pci-driver", PciDriver.class);
    /// Key: the kind.
    public static final PlugPoint<PciBusOps> PCI_BUS = PlugPoint.exclusive("pci-bus", PciBusOps.class);
    /// Key: the kind.
    public static final PlugPoint<WireOps> WIRE = PlugPoint.exclusive("wire", WireOps.class);
    /// Key: [#etherType].
    public static final PlugPoint<PacketHandler> PACKET_TYPE = PlugPoint.exclusive("packet-type", PacketHandler.class);
    /// Key: the family's name.
    public static final PlugPoint<InetFamilyOps> INET_FAMILY = PlugPoint.exclusive("inet-family", InetFamilyOps.class);
    /// Key: [#protocol].
    public static final PlugPoint<NetProtocol> NET_PROTOCOL = PlugPoint.exclusive("net-protocol", NetProtocol.class);
    /// Key: [#socket].
    public static final PlugPoint<ProtoOps> SOCKET = PlugPoint.exclusive("socket", ProtoOps.class);

    private CorePoints() {}

    /// Key of an EtherType: `0x0800`.
    public static String etherType(int etherType) {
        return "0x" + Integer.toHexString(0x1_0000 | etherType).substring(1);
    }

    /// Key of an IP protocol: `AF_INET/6`.
    public static String protocol(AddressFamily family, int number) {
        return family + "/" + number;
    }

    /// Key of a socket kind: `AF_INET/1/6`; protocol -1 is written `any`.
    public static String socket(AddressFamily family, int type, int protocol) {
        return family + "/" + type + "/" + (protocol < 0 ? "any" : Integer.toString(protocol));
    }
}
