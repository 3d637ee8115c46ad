package dev.netstack4j.proto.ipv4.icmp;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.ipv4.accounting.IcmpCounters;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;
import dev.netstack4j.proto.ipv4.header.Ipv4Address;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import dev.netstack4j.proto.ipv4.route.Routes;
import jakarta.inject.Inject;

/// Tells senders that their packet could not be delivered: never about an ICMP error, a broadcast, a later fragment or
/// a source that is no host, and within the limits of [IcmpLimits].
@Rfc({"1122#3.2.2", "1812#4.3.2.7"})
@Linux("net/ipv4/icmp.c#__icmp_send")
public final class IcmpErrors {
    /// A whole error packet is no longer than what every host can take.
    private static final int MOST_PACKET = 576;
    /// Precedence "internetwork control".
    private static final int TOS = 0xC0;
    private static final int HEADROOM = 64 + Ipv4Header.LENGTH + IcmpHeader.LENGTH;

    private final SkBuffPool pool;
    private final Routes routes;
    private final IcmpLimits limits;
    private final IcmpSender sender;
    private final IcmpCounters counters;

    /// Sends through `sender`.
    @Inject
    public IcmpErrors(SkBuffPool pool, Routes routes, IcmpLimits limits, IcmpSender sender, IcmpCounters counters) {
        this.pool = pool;
        this.routes = routes;
        this.limits = limits;
        this.sender = sender;
        this.counters = counters;
    }

    /// Sends an error about a packet if the rules allow it. The packet stays with the caller; its network header is
    /// marked, and may be pulled.
    ///
    /// @param info the last four bytes of the ICMP header
    public void send(SkBuff cause, int type, int code, int info, Cpu cpu) {
        if (!mayAnswer(cause)) {
            return;
        }
        int at = cause.networkHeader();
        int to = Ipv4Header.source(cause, at);
        int destination = Ipv4Header.destination(cause, at);
        int from = routes.tables().isLocal(destination) ? destination : 0;
        Ipv4Dst dst = routes.output(to, from, 0, cpu);
        if (dst == null) {
            counters.outErrors.increment(cpu);
            return;
        }
        if (limits.allow(type, to, dst.device(), cpu)) {
            build(cause, type, code, info, dst, from == 0 ? dst.source().v4Bits() : from, to, cpu);
        }
    }

    private static boolean mayAnswer(SkBuff cause) {
        int at = cause.networkHeader();
        if (cause.kind() != PacketKind.HOST || cause.tail() - at < Ipv4Header.LENGTH) {
            return false;
        }
        int source = Ipv4Header.source(cause, at);
        int destination = Ipv4Header.destination(cause, at);
        if (isNoHost(source) || Ipv4Address.isMulticast(destination) || destination == Ipv4Address.LIMITED_BROADCAST) {
            return false;
        }
        if ((Ipv4Header.fragmentWord(cause, at) & Ipv4Header.OFFSET) != 0) {
            return false;
        }
        return Ipv4Header.protocol(cause, at) != IpProtocol.ICMP || !isIcmpError(cause, at);
    }

    private static boolean isNoHost(int address) {
        return Ipv4Address.isZeroNet(address)
                || Ipv4Address.isMulticast(address)
                || Ipv4Address.isReserved(address)
                || address == Ipv4Address.LIMITED_BROADCAST;
    }

    /// Unreadable or unknown counts as an error too.
    private static boolean isIcmpError(SkBuff cause, int at) {
        int typeAt = at + Ipv4Header.headerLength(cause, at);
        if (typeAt >= cause.tail()) {
            return true;
        }
        int type = cause.get8(typeAt);
        return type > IcmpHeader.MOST_TYPE || IcmpHeader.isError(type);
    }

    private void build(SkBuff cause, int type, int code, int info, Ipv4Dst dst, int from, int to, Cpu cpu) {
        int at = cause.networkHeader();
        int linear = cause.tail() - at;
        int most = MOST_PACKET - Ipv4Header.LENGTH - IcmpHeader.LENGTH;
        int quoted = Math.min(linear + cause.fragBytes(), most);
        SkBuff skb = pool.alloc(HEADROOM + quoted, cpu);
        if (skb == null) {
            counters.outErrors.increment(cpu);
            return;
        }
        skb.reserve(HEADROOM);
        int body = skb.put(quoted);
        int fromLinear = Math.min(linear, quoted);
        skb.memory().move(cause.addressOf(at), skb.addressOf(body), fromLinear);
        if (quoted > fromLinear) {
            cause.read(
                    cause.headLength(), skb.memory().segment(), skb.addressOf(body + fromLinear), quoted - fromLinear);
        }
        int header = skb.push(IcmpHeader.LENGTH);
        skb.transportHeader(header);
        skb.put32(header, type << 24 | code << 16);
        skb.put32(header + 4, info);
        skb.put16(header + 2, Checksum.finish(skb.sum(0, skb.length())));
        skb.priority(cause.priority());
        skb.dst(dst);
        counters.sent(type, cpu);
        sender.send(skb, TOS, from, to, cpu);
    }
}
