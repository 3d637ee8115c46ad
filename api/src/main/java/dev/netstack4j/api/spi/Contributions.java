package dev.netstack4j.api.spi;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.congestion.CongestionOps;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.hardware.PciBusOps;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.socket.ProtoOps;
import java.util.List;

/// Where a module declares what it brings. Nothing is constructed here: classes are given, and core makes one object of
/// each per stack through their one `@Inject` constructor (MOD-6). One class contributed in several places is one
/// object. A module declares each key once (MOD-5).
@ProvidedByCore
public interface Contributions {
    /// Contributes to any plug point.
    ///
    /// @param key    within the plug point
    /// @param schema options of the contribution, or [OptionSchema#NONE]
    <T> void plug(PlugPoint<T> point, String key, OptionSchema schema, Class<? extends T> implementation);

    /// Offers a service to other modules of the stack, which inject `type`. One provider per type.
    <T> void service(Class<T> type, Class<? extends T> implementation);

    /// A qdisc kind, for example `tbf`.
    void qdisc(String kind, OptionSchema schema, Class<? extends QdiscOps> implementation);

    /// A driver and the devices that it serves.
    void pciDriver(String name, List<PciId> ids, OptionSchema schema, Class<? extends PciDriver> implementation);

    /// A kind of PCI bus, for example `emulated`.
    void pciBus(String kind, OptionSchema schema, Class<? extends PciBusOps> implementation);

    /// A kind of wire, for example `tap`.
    void wire(String kind, OptionSchema schema, Class<? extends WireOps> implementation);

    /// The owner of an EtherType.
    void packetType(int etherType, Class<? extends PacketHandler> implementation);

    /// The network layer of an address family.
    void inetFamily(AddressFamily family, Class<? extends InetFamilyOps> implementation);

    /// The owner of an IP protocol number.
    void netProtocol(AddressFamily family, int protocol, Class<? extends NetProtocol> implementation);

    /// Sockets of one (family, type, protocol). Protocol 0 of a `socket` call takes the first one contributed for
    /// family and type; [#ANY_PROTOCOL] owns every protocol of the type that nobody else owns (raw sockets).
    void socket(AddressFamily family, int type, int protocol, Class<? extends ProtoOps> implementation);

    /// A congestion control, by the name that TCP_CONGESTION takes.
    default void congestionControl(String name, Class<? extends CongestionOps> implementation) {
        plug(CongestionOps.POINT, name, OptionSchema.NONE, implementation);
    }

    /// Protocol of [#socket] that stands for all.
    int ANY_PROTOCOL = -1;
}
