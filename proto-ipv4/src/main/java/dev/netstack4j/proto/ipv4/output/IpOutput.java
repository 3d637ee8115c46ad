package dev.netstack4j.proto.ipv4.output;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.netfilter.Continuation;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.offload.Ipv4Offload;
import dev.netstack4j.proto.ipv4.route.DstPaths;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import jakarta.inject.Inject;

/// The steps of a packet on its way out, in their order: LOCAL_OUT, the dst's output, POST_ROUTING, fragmentation if
/// need be, the neighbour. Process or softirq context; every step takes the skb.
@Linux("net/ipv4/ip_output.c#ip_output")
public final class IpOutput {
    private final Netfilter netfilter;
    private final Fragmenter fragmenter;
    private final LastStep lastStep;
    private final Ipv4Offload offload;
    private final GroupCopies copies;
    private final IpCounters counters;
    private final IpReasons reasons;
    private final Continuation dstOutput = this::dstOutput;
    private final Continuation finish = this::finish;

    /// Announces itself as the way out.
    @Inject
    public IpOutput(
            Netfilter netfilter,
            Fragmenter fragmenter,
            LastStep lastStep,
            Ipv4Offload offload,
            GroupCopies copies,
            DstPaths paths,
            IpCounters counters,
            IpReasons reasons) {
        this.netfilter = netfilter;
        this.fragmenter = fragmenter;
        this.lastStep = lastStep;
        this.offload = offload;
        this.copies = copies;
        this.counters = counters;
        this.reasons = reasons;
        paths.output(this::output);
        paths.multicastOutput(this::multicastOutput);
    }

    /// Sends a packet that this host made: header complete and first, network header marked, dst set.
    @Linux("net/ipv4/ip_output.c#ip_local_out")
    public int localOut(SkBuff skb, Cpu cpu) {
        counters.outRequests.increment(cpu);
        Dst dst = skb.dst();
        if (dst == null) {
            return noRoute(skb, cpu);
        }
        skb.protocol(EtherType.IPV4);
        return netfilter.hook(HookPoint.LOCAL_OUT, AddressFamily.INET, skb, null, dst.device(), dstOutput, cpu);
    }

    private int noRoute(SkBuff skb, Cpu cpu) {
        counters.outNoRoutes.increment(cpu);
        skb.drop(reasons.noRoute, cpu);
        return Errno.ENETUNREACH.negative();
    }

    /// Goes on with the packet as its dst says; hooks may have changed it.
    @Linux("include/net/dst.h#dst_output")
    public int dstOutput(SkBuff skb, Cpu cpu) {
        Dst dst = skb.dst();
        return dst == null ? noRoute(skb, cpu) : dst.output(null, skb, cpu);
    }

    /// Out of a device.
    @Linux("net/ipv4/ip_output.c#ip_output")
    int output(SkBuff skb, Cpu cpu) {
        Dst dst = skb.dst();
        if (dst == null) {
            return noRoute(skb, cpu);
        }
        NetDevice in = OutputMarks.has(skb, OutputMarks.FORWARDED) ? skb.dev() : null;
        skb.dev(dst.device());
        skb.protocol(EtherType.IPV4);
        counters.outOctets.add(cpu, skb.length());
        return netfilter.hook(HookPoint.POST_ROUTING, AddressFamily.INET, skb, in, dst.device(), finish, cpu);
    }

    /// Out of a device to many; members on this host get a copy first.
    @Linux("net/ipv4/ip_output.c#ip_mc_output")
    int multicastOutput(SkBuff skb, Cpu cpu) {
        if (skb.dst() instanceof Ipv4Dst dst) {
            copies.loopBack(skb, dst, cpu);
        }
        if (Ipv4Header.ttl(skb, skb.networkHeader()) == 0) {
            skb.drop(reasons.ttl, cpu);
            return 0;
        }
        return output(skb, cpu);
    }

    @Linux("net/ipv4/ip_output.c#ip_finish_output")
    private int finish(SkBuff skb, Cpu cpu) {
        Dst dst = skb.dst();
        if (dst == null) {
            return noRoute(skb, cpu);
        }
        int mtu =
                OutputMarks.has(skb, OutputMarks.IGNORE_PATH_MTU) ? dst.device().mtu() : dst.mtu();
        if (skb.length() <= mtu) {
            return lastStep.send(skb, cpu);
        }
        // A packet that stands for several segments is cut by its protocol or the device, not fragmented.
        if (skb.gsoSize() != 0) {
            return offload.longest(skb) <= mtu ? lastStep.send(skb, cpu) : cutFirst(skb, mtu, cpu);
        }
        return fragmenter.fragment(skb, mtu, cpu);
    }

    /// It came in over a wider link than it leaves by: its segments are fragmented one by one.
    @Linux("net/ipv4/ip_output.c#ip_finish_output_gso")
    private int cutFirst(SkBuff skb, int mtu, Cpu cpu) {
        SkBuffQueue pieces = new SkBuffQueue();
        if (!offload.gsoSegment(skb, true, pieces, cpu)) {
            skb.drop(reasons.tooBig, cpu);
            return Errno.EMSGSIZE.negative();
        }
        int result = 0;
        for (SkBuff piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            int one = piece.length() > mtu ? fragmenter.fragment(piece, mtu, cpu) : lastStep.send(piece, cpu);
            result = result == 0 ? one : result;
        }
        return result;
    }
}
