package dev.netstack4j.proto.ipv4.family;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.AddressPair;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.protocol.Flow;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.icmp.IcmpErrors;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import dev.netstack4j.proto.ipv4.route.Routes;
import jakarta.inject.Inject;

/// IPv4 as transports see it.
@Linux("net/ipv4/tcp_ipv4.c#ipv4_specific")
public final class Ipv4FamilyOps implements InetFamilyOps {
    /// Ethernet header, driver's wishes and our own header.
    private static final int HEADROOM = 64;

    private final Routes routes;
    private final Sender sender;
    private final IcmpErrors icmp;
    private final IpCounters counters;

    @Inject
    Ipv4FamilyOps(Routes routes, Sender sender, IcmpErrors icmp, IpCounters counters) {
        this.routes = routes;
        this.sender = sender;
        this.icmp = icmp;
        this.counters = counters;
    }

    @Override
    public AddressFamily family() {
        return AddressFamily.INET;
    }

    @Override
    @Linux("net/ipv4/route.c#ip_route_output_flow")
    public int routeOutput(Flow flow, Cpu cpu) {
        IpAddress source = flow.source();
        IpAddress destination = flow.destination();
        if (!destination.isV4() || !source.isAny() && routes.type(source.v4Bits()) != AddressType.LOCAL) {
            return Errno.EINVAL.negative();
        }
        Ipv4Dst dst = routes.output(destination.v4Bits(), source.v4Bits(), flow.device(), cpu);
        if (dst == null) {
            counters.outNoRoutes.increment(cpu);
            return Errno.ENETUNREACH.negative();
        }
        flow.answer(dst, source.isAny() ? dst.source() : source);
        return 0;
    }

    @Override
    public int queueXmit(InetSock sock, SkBuff skb, Cpu cpu) {
        return sender.queueXmit(sock, skb, cpu);
    }

    @Override
    public int send(InetSock sock, SkBuff skb, Flow flow, Cpu cpu) {
        return sender.send(sock, skb, flow, cpu);
    }

    @Override
    public int unicastReply(SkBuff cause, SkBuff reply, int protocol, Cpu cpu) {
        return sender.unicastReply(cause, reply, protocol, cpu);
    }

    @Override
    public void unreachable(SkBuff cause, Unreachable kind, Cpu cpu) {
        int code = switch (kind) {
            case PORT -> IcmpHeader.PORT;
            case PROTOCOL -> IcmpHeader.PROTOCOL;
            case PROHIBITED -> IcmpHeader.FILTERED;
            case HOST -> IcmpHeader.HOST;
        };
        icmp.send(cause, IcmpHeader.UNREACHABLE, code, 0, cpu);
    }

    @Override
    public void addresses(SkBuff skb, AddressPair into) {
        int at = skb.networkHeader();
        into.sourceHigh = 0;
        into.sourceLow = IpAddress.mapped(Ipv4Header.source(skb, at));
        into.destinationHigh = 0;
        into.destinationLow = IpAddress.mapped(Ipv4Header.destination(skb, at));
        into.trafficClass = Ipv4Header.tos(skb, at);
        into.hopLimit = Ipv4Header.ttl(skb, at);
    }

    @Override
    public int addressSum(IpAddress source, IpAddress destination) {
        return Checksum.add(Checksum.of32(source.v4Bits()), Checksum.of32(destination.v4Bits()));
    }

    @Override
    public int addressSum(SkBuff skb) {
        return Checksum.of64(skb.get64(skb.networkHeader() + 12));
    }

    @Override
    public int headroom() {
        return HEADROOM;
    }

    @Override
    public int headerLength(InetSock sock) {
        return Ipv4Header.LENGTH;
    }

    @Override
    public AddressType addressType(IpAddress address) {
        return routes.type(address.v4Bits());
    }
}
