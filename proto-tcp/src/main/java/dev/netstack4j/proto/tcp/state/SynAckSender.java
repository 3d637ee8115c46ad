package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.Flow;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.RequestSock;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.FastOpenOption;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.header.TcpOptions;
import org.jspecify.annotations.Nullable;

/// Sends the SYN-ACK of a half-open connection.
@Linux("net/ipv4/tcp_output.c#tcp_make_synack")
final class SynAckSender {
    private final SkBuffPool pool;
    private final TcpCounters counters;
    private final Flow[] flows;

    SynAckSender(SkBuffPool pool, TcpCounters counters, int cpus) {
        this.pool = pool;
        this.counters = counters;
        flows = new Flow[cpus];
        for (int i = 0; i < cpus; i++) {
            flows[i] = new Flow();
        }
    }

    /// Sends it; when that fails, the timer or the peer's next SYN tries again.
    ///
    /// @param fastOpen a further option; null for none
    void send(RequestSock request, @Nullable FastOpenOption fastOpen, Cpu cpu) {
        TcpSock listener = request.listener;
        Flow flow = flows[cpu.id()]
                .reset(request.localAddress, request.remoteAddress, IpProtocol.TCP)
                .ports(request.localPort, request.remotePort)
                .via(listener.settings().boundDevice, listener.tos(), listener.settings().mark);
        if (listener.network.routeOutput(flow, cpu) < 0) {
            return;
        }
        SkBuff skb = pool.alloc(listener.network.headroom() + TcpHeader.MAX_LENGTH, cpu);
        if (skb == null) {
            return;
        }
        skb.reserve(listener.network.headroom());
        write(request, skb, ownMss(listener, flow), fastOpen, cpu);
        counters.outSegs.increment(cpu);
        listener.network.send(listener, skb, flow, cpu);
    }

    private static int ownMss(TcpSock listener, Flow flow) {
        Dst dst = flow.dst();
        int mtu = dst == null ? 576 : dst.mtu();
        int ofRoute = dst == null ? 0 : dst.advertisedMss();
        int mss = ofRoute > 0 ? ofRoute : mtu - listener.network.headerLength(listener) - TcpHeader.LENGTH;
        return listener.opt.maxSegment > 0 ? Math.min(mss, listener.opt.maxSegment) : mss;
    }

    private static void write(RequestSock request, SkBuff skb, int mss, @Nullable FastOpenOption fastOpen, Cpu cpu) {
        int options = TcpOptions.synLength(request.sack, request.timestamps, request.ownScale)
                + (fastOpen == null ? 0 : fastOpen.space());
        int length = TcpHeader.LENGTH + options;
        int at = skb.put(length);
        skb.resetTransportHeader();
        int ports = request.localPort << 16 | request.remotePort;
        int flags = TcpFlags.SYN | TcpFlags.ACK | (request.ecn ? TcpFlags.ECE : 0);
        TcpHeader.write(skb, at, ports, request.isn, request.irs + 1, length, flags, request.window);
        int now = (int) (cpu.nowNanos() / 1_000_000) + request.timestampOffset;
        int tsVal = request.cookie ? SynCookies.stamp(request, now) : now;
        int p = TcpOptions.writeSyn(
                skb,
                at + TcpHeader.LENGTH,
                mss,
                request.sack,
                request.timestamps,
                tsVal,
                request.tsRecent,
                request.ownScale);
        if (fastOpen != null) {
            fastOpen.write(skb, p);
        }
        int addresses = request.listener.network.addressSum(request.localAddress, request.remoteAddress);
        skb.put16(at + TcpHeader.CHECKSUM_AT, Checksum.fold(addresses + IpProtocol.TCP + length));
        skb.checksumPartial(at, TcpHeader.CHECKSUM_AT);
    }
}
