package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.SendVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TimerPort;

/// Holds a socket with SO_MAX_PACING_RATE to its rate: a packet leaves when those before it have had their time; and
/// one whose least window is still marked to its pauses.
final class Pacer {
    private static final long SECOND = 1_000_000_000L;
    /// Segments at the beginning that go at once.
    private static final int FREE_SEGMENTS = 10;

    private final TimerPort timers;

    Pacer(TimerPort timers) {
        this.timers = timers;
    }

    private static boolean isOn(TcpSock sock) {
        return sock.settings().maxPacingRate > 0;
    }

    /// Whether the next packet has to wait; a timer then lets the socket go on.
    @Linux("net/ipv4/tcp_output.c#tcp_pacing_check")
    boolean mustWait(TcpSock sock, Cpu cpu) {
        long due = isOn(sock) ? Math.max(sock.snd.pacedNanos, sock.ecn.pausedNanos) : sock.ecn.pausedNanos;
        if (due <= cpu.nowNanos()) {
            return false;
        }
        timers.pacing(sock, due, cpu);
        return true;
    }

    /// A packet with data was sent. Time that the socket did not use is made good in part.
    @Linux("net/ipv4/tcp_output.c#tcp_update_skb_after_send")
    static void sent(TcpSock sock, int bytes, int segments, Cpu cpu) {
        SendVars snd = sock.snd;
        snd.dataSegmentsOut += segments;
        if (!isOn(sock)) {
            return;
        }
        long now = cpu.nowNanos();
        if (snd.dataSegmentsOut <= FREE_SEGMENTS) {
            snd.pacedNanos = now;
            return;
        }
        long length = (long) ((double) bytes * SECOND / Math.max(1, sock.cc.pacingRate));
        long unused = Math.max(0, now - snd.pacedNanos);
        snd.pacedNanos = Math.max(now, snd.pacedNanos) + length - Math.min(length / 2, unused);
    }
}
