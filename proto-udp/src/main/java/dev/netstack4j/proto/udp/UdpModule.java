package dev.netstack4j.proto.udp;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.socket.SocketDiag;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.proto.udp.accounting.UdpCounters;
import dev.netstack4j.proto.udp.accounting.UdpReasons;
import dev.netstack4j.proto.udp.demux.Ports;
import dev.netstack4j.proto.udp.demux.UdpTable;
import dev.netstack4j.proto.udp.input.Network;
import dev.netstack4j.proto.udp.input.UdpProtocol;
import dev.netstack4j.proto.udp.socket.DatagramMaker;
import dev.netstack4j.proto.udp.socket.UdpDiag;
import dev.netstack4j.proto.udp.socket.UdpOps;
import dev.netstack4j.proto.udp.socket.UdpReceiving;
import dev.netstack4j.proto.udp.socket.UdpSending;
import java.lang.invoke.MethodHandles;
import java.util.List;

/// Contributes UDP over IPv4: the protocol and its sockets.
public final class UdpModule implements StackModule {
    /// The parts that the contributions share, one object of each per stack.
    private static final List<Class<?>> PARTS = List.of(
            UdpCounters.class,
            UdpReasons.class,
            UdpTable.class,
            Ports.class,
            Network.class,
            DatagramMaker.class,
            UdpSending.class,
            UdpReceiving.class);

    /// Called by the service loader.
    public UdpModule() {}

    @Override
    public String name() {
        return "proto-udp";
    }

    @Override
    public MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public void contribute(Contributions c) {
        PARTS.forEach(part -> share(c, part));
        c.netProtocol(AddressFamily.INET, IpProtocol.UDP, UdpProtocol.class);
        c.plug(SocketDiag.POINT, "udp", OptionSchema.NONE, UdpDiag.class);
        c.socket(AddressFamily.INET, SocketType.DGRAM, IpProtocol.UDP, UdpOps.class);
        // Without a protocol a datagram socket is UDP, also where a module before this one brings another kind.
        c.socket(AddressFamily.INET, SocketType.DGRAM, IpProtocol.DEFAULT, UdpOps.class);
    }

    private static <T> void share(Contributions c, Class<T> part) {
        c.service(part, part);
    }
}
