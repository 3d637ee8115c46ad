package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.SegmentControl;

/// How much of a queued packet of several segments goes out at once.
final class Bursts {
    /// The part of a window that is worth sending at once.
    private static final int WINDOW_PART = 3;

    private Bursts() {}

    /// Bytes of `skb` that both windows allow now: whole segments, or all of it. At least one segment, which the caller
    /// has checked.
    @Linux("net/ipv4/tcp_output.c#tcp_mss_split_point")
    static int limit(TcpSock sock, SkBuff skb, int mss, int goal) {
        if (sock.snd.urgentMode) {
            return mss;
        }
        int allowed = Math.min(allowed(sock, skb, mss), Math.max(goal, mss));
        return allowed >= skb.length() ? skb.length() : Math.max(1, allowed / mss) * mss;
    }

    private static int allowed(TcpSock sock, SkBuff skb, int mss) {
        int window = sock.sendWindowEnd() - SegmentControl.seq(skb);
        long congestion = (long) (sock.cc.cwnd() - sock.packetsInFlight()) * mss;
        return (int) Math.min(window, congestion);
    }

    /// Whether to wait for an acknowledgement that lets more go out together: only a small part of the window is open,
    /// and the answer to what is in flight is not due yet.
    @Linux("net/ipv4/tcp_output.c#tcp_tso_should_defer")
    static boolean shouldWait(TcpSock sock, SkBuff skb, int mss, int goal, Cpu cpu) {
        SkBuff oldest = sock.snd.retransmit.peek();
        if (oldest == null || sock.rec.srttNanos == 0 || sock.rec.phase.ordinal() > 0 || sock.snd.finQueued) {
            return false;
        }
        int allowed = allowed(sock, skb, mss);
        if (allowed >= skb.length() || allowed >= goal || skb.length() < goal && skb == sock.snd.queue.peekTail()) {
            return false;
        }
        long window = Math.min(sock.snd.wnd, (long) sock.cc.cwnd() * mss);
        if (allowed >= window / WINDOW_PART) {
            return false;
        }
        return cpu.nowNanos() - SegmentControl.sentNanos(oldest) < sock.rec.srttNanos / 2;
    }
}
