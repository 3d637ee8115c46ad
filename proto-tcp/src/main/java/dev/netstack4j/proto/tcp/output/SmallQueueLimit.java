package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.SendVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;

/// How much of one socket may lie in qdisc and ring: what its rate sends in a millisecond, at least two packets, so
/// that queues stay short on a slow device and a fast one is kept busy.
@Linux("net/ipv4/tcp_output.c#tcp_small_queue_check")
final class SmallQueueLimit {
    /// What is sent again may be twice as much: it was sent before, and the window is half as large.
    static final int RETRANSMISSION = 1;

    private static final int RATE_SHIFT = 10;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;

    SmallQueueLimit(TcpSysctls sysctls, TcpCounters counters) {
        this.sysctls = sysctls;
        this.counters = counters;
    }

    /// Whether `skb` has to wait until something of this socket is freed below; it is then told.
    ///
    /// @param shift 0, or [#RETRANSMISSION]
    boolean isReached(TcpSock sock, SkBuff skb, int shift, Cpu cpu) {
        int limit = limit(sock, skb, shift);
        if (sock.context().writeAllocated() <= limit || isAlmostIdle(sock.snd)) {
            return false;
        }
        throttle(sock, limit);
        // Look again: what lay below may have been freed before the flag stood.
        if (sock.context().writeAllocated() <= limit) {
            WriteLoop.unthrottle(sock);
            return false;
        }
        counters.smallQueue.increment(cpu);
        return true;
    }

    /// With one packet in flight at most its acknowledgement cannot be what lets the next one go, and completion may be
    /// late.
    @Linux("net/ipv4/tcp_output.c#tcp_rtx_queue_empty_or_single_skb")
    private static boolean isAlmostIdle(SendVars snd) {
        return snd.retransmit.length() <= 1;
    }

    private int limit(TcpSock sock, SkBuff skb, int shift) {
        long limit = Math.max(2L * skb.truesize(), sock.cc.pacingRate >> RATE_SHIFT);
        if (sock.settings().maxPacingRate <= 0) {
            limit = Math.min(limit, sysctls.limitOutputBytes.get());
        }
        return (int) Math.min(limit << shift, Integer.MAX_VALUE);
    }

    /// Sending stops until no more than half of `limit` lies below.
    static void throttle(TcpSock sock, int limit) {
        sock.snd.throttledAbove = limit;
        sock.snd.throttled = true;
    }
}
