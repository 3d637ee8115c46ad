package dev.netstack4j.proto.ipv4.input;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.netfilter.Continuation;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetOptions;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.icmp.IcmpErrors;
import dev.netstack4j.proto.ipv4.offload.Ipv4Offload;
import dev.netstack4j.proto.ipv4.output.IpOutput;
import dev.netstack4j.proto.ipv4.output.OutputMarks;
import dev.netstack4j.proto.ipv4.route.DstPaths;
import jakarta.inject.Inject;

/// Passes packets on for other hosts. Redirects are not sent; multicasts are not forwarded.
@Rfc("1812#5.2")
@Linux("net/ipv4/ip_forward.c#ip_forward")
public final class Forwarding {
    private static final int HEADROOM = 64;

    private final Netfilter netfilter;
    private final IcmpErrors icmp;
    private final IpOutput output;
    private final Ipv4Offload offload;
    private final IpCounters counters;
    private final IpReasons reasons;
    private final Continuation finish = this::finish;

    /// Announces itself as the way to other hosts.
    @Inject
    public Forwarding(
            Netfilter netfilter,
            IcmpErrors icmp,
            IpOutput output,
            Ipv4Offload offload,
            DstPaths paths,
            IpCounters counters,
            IpReasons reasons) {
        this.netfilter = netfilter;
        this.icmp = icmp;
        this.output = output;
        this.offload = offload;
        this.counters = counters;
        this.reasons = reasons;
        paths.forward(this::forward);
    }

    /// Forwards a packet, its header first; takes the skb.
    int forward(SkBuff skb, Cpu cpu) {
        Dst dst = skb.dst();
        if (dst == null || skb.kind() != PacketKind.HOST) {
            return drop(skb, reasons.notLocal, cpu);
        }
        int at = skb.networkHeader();
        if (Ipv4Header.ttl(skb, at) <= 1) {
            counters.inHeaderErrors.increment(cpu);
            icmp.send(skb, IcmpHeader.TIME_EXCEEDED, IcmpHeader.TTL, 0, cpu);
            return drop(skb, reasons.ttl, cpu);
        }
        boolean dontFragment = (Ipv4Header.fragmentWord(skb, at) & Ipv4Header.DF) != 0;
        if (dontFragment && offload.longest(skb) > dst.mtu()) {
            counters.fragFails.increment(cpu);
            icmp.send(skb, IcmpHeader.UNREACHABLE, IcmpHeader.FRAGMENTATION_NEEDED, dst.mtu(), cpu);
            return drop(skb, reasons.tooBig, cpu);
        }
        if (!skb.makeHeadWritable(HEADROOM, cpu)) {
            counters.inDiscards.increment(cpu);
            return drop(skb, reasons.noMemory, cpu);
        }
        at = skb.networkHeader();
        Ipv4Header.decrementTtl(skb, at);
        skb.priority(InetOptions.priorityOf(Ipv4Header.tos(skb, at)));
        OutputMarks.set(skb, OutputMarks.FORWARDED);
        return netfilter.hook(HookPoint.FORWARD, AddressFamily.INET, skb, skb.dev(), dst.device(), finish, cpu);
    }

    @Linux("net/ipv4/ip_forward.c#ip_forward_finish")
    private int finish(SkBuff skb, Cpu cpu) {
        counters.forwarded.increment(cpu);
        skb.timestampNanos(0);
        return output.dstOutput(skb, cpu);
    }

    private static int drop(SkBuff skb, DropReason reason, Cpu cpu) {
        skb.drop(reason, cpu);
        return Errno.EHOSTUNREACH.negative();
    }
}
