package dev.netstack4j.proto.ipv4.icmp;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.ipv4.accounting.IcmpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import dev.netstack4j.proto.ipv4.route.Routes;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Answers echo and timestamp requests. The request itself becomes the reply: its payload stays where it is, unless
/// somebody else holds the same bytes.
@Rfc({"1122#3.2.2.6", "1122#3.2.2.8"})
@Linux("net/ipv4/icmp.c#icmp_reply")
public final class EchoReply {
    private static final int HEADROOM = 64 + Ipv4Header.LENGTH;
    private static final int TIMESTAMP_LENGTH = 20;
    private static final long NANOS_A_DAY = 86_400_000_000_000L;

    private final Routes routes;
    private final IcmpLimits limits;
    private final IcmpSender sender;
    private final Clock clock;
    private final IcmpCounters counters;
    private final IpReasons reasons;

    /// Sends through `sender`.
    @Inject
    public EchoReply(
            Routes routes,
            IcmpLimits limits,
            IcmpSender sender,
            Clock clock,
            IcmpCounters counters,
            IpReasons reasons) {
        this.routes = routes;
        this.limits = limits;
        this.sender = sender;
        this.clock = clock;
        this.counters = counters;
        this.reasons = reasons;
    }

    /// Answers an echo request; takes the skb, ICMP header first, network header marked.
    void echo(SkBuff skb, Cpu cpu) {
        SkBuff reply = writable(skb, cpu);
        if (reply == null) {
            skb.drop(reasons.noMemory, cpu);
            return;
        }
        int at = reply.data();
        int word = reply.get16(at);
        int answer = IcmpHeader.ECHO_REPLY << 8 | word & 0xFF;
        reply.put16(at, answer);
        reply.put16(at + 2, Checksum.update(reply.get16(at + 2), word, answer));
        send(reply, IcmpHeader.ECHO_REPLY, cpu);
    }

    /// Answers a timestamp request; takes the skb as above.
    void timestamp(SkBuff skb, Cpu cpu) {
        SkBuff reply =
                skb.length() < TIMESTAMP_LENGTH || !skb.mayPull(TIMESTAMP_LENGTH, cpu) ? null : writable(skb, cpu);
        if (reply == null) {
            skb.drop(reasons.icmpShort, cpu);
            return;
        }
        reply.trim(TIMESTAMP_LENGTH, cpu);
        int at = reply.data();
        int now = (int) (clock.wallNanos() % NANOS_A_DAY / 1_000_000L);
        reply.put32(at + 12, now);
        reply.put32(at + 16, now);
        reply.put32(at, IcmpHeader.TIMESTAMP_REPLY << 24);
        reply.put16(at + 2, Checksum.finish(reply.sum(0, TIMESTAMP_LENGTH)));
        send(reply, IcmpHeader.TIMESTAMP_REPLY, cpu);
    }

    /// The same packet with bytes that may be written and room for headers; null when memory is short.
    private @Nullable SkBuff writable(SkBuff skb, Cpu cpu) {
        return skb.makeHeadWritable(HEADROOM, cpu) ? skb : null;
    }

    private void send(SkBuff reply, int type, Cpu cpu) {
        int network = reply.networkHeader();
        int to = Ipv4Header.source(reply, network);
        int own = Ipv4Header.destination(reply, network);
        int tos = Ipv4Header.tos(reply, network);
        // Who asked everybody gets an answer from the address that fits the way back.
        int from = routes.type(own) == AddressType.LOCAL ? own : 0;
        Ipv4Dst dst = routes.output(to, from, 0, cpu);
        if (dst == null) {
            counters.outErrors.increment(cpu);
            reply.drop(reasons.noRoute, cpu);
            return;
        }
        if (!limits.allow(type, to, dst.device(), cpu)) {
            reply.drop(reasons.icmpLimited, cpu);
            return;
        }
        refresh(reply, dst, cpu);
        counters.sent(type, cpu);
        sender.send(reply, tos, from == 0 ? dst.source().v4Bits() : from, to, cpu);
    }

    /// What reception left on the packet does not belong to the reply.
    private static void refresh(SkBuff reply, Ipv4Dst dst, Cpu cpu) {
        reply.orphan(cpu);
        reply.resetTransportHeader();
        reply.kind(PacketKind.HOST);
        reply.checksumState(ChecksumState.NONE);
        reply.hash(0, false);
        reply.clearVlanTag();
        reply.queueMapping(0);
        reply.timestampNanos(0);
        reply.priority(0);
        reply.dev(null);
        reply.dst(dst);
    }
}
