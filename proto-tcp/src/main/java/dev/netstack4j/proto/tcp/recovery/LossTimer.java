package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars.Phase;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.control.TimerVars.Pending;
import dev.netstack4j.proto.tcp.header.SegmentControl;

/// How long to wait for an acknowledgement: until the tail is probed when all goes well, else until the timeout.
public final class LossTimer {
    private static final int PROBES = 3;
    private static final long SLACK_NANOS = 8_000_000L;
    private static final long REORDER_SLACK_NANOS = 2_000_000L;
    private static final long DELAYED_ACK_NANOS = 200_000_000L;

    private LossTimer() {}

    /// Arms the timer while something is in flight: the probe if it is allowed, else the timeout, which begins now.
    ///
    /// @param earlyRetrans the setting `tcp_early_retrans`
    @Rfc("6298#5")
    public static void arm(TcpSock sock, TimerPort timers, int earlyRetrans, Cpu cpu) {
        long timeout = cpu.nowNanos() + RoundTrip.timeout(sock.rec);
        if (mayProbe(sock, earlyRetrans)) {
            armProbe(sock, timers, timeout, cpu);
        } else {
            timers.retransmit(sock, Pending.RETRANSMIT, timeout, cpu);
        }
    }

    /// Arms the tail probe if it is allowed. After each round of sending: with more in flight it may be due earlier.
    /// The timeout goes on to count from the first segment.
    public static void preferProbe(TcpSock sock, TimerPort timers, int earlyRetrans, Cpu cpu) {
        SkBuff head = sock.snd.retransmit.peek();
        if (head != null && mayProbe(sock, earlyRetrans)) {
            armProbe(sock, timers, SegmentControl.sentNanos(head) + RoundTrip.timeout(sock.rec), cpu);
        }
    }

    private static boolean mayProbe(TcpSock sock, int earlyRetrans) {
        RecoveryVars rec = sock.rec;
        return sock.opt.sack
                && earlyRetrans >= PROBES
                && sock.timers.pending != Pending.REORDER
                && (rec.phase == Phase.OPEN || rec.phase == Phase.CWR)
                && rec.backoff == 0
                && rec.measured
                && !rec.probeOut
                && sock.state().isSynchronised();
    }

    /// The probe comes after two round trips, and longer for a lone segment, whose acknowledgement may be delayed; in
    /// place of the timeout when that is due before.
    @Rfc("8985#7.2")
    @Linux("net/ipv4/tcp_output.c#tcp_schedule_loss_probe")
    private static void armProbe(TcpSock sock, TimerPort timers, long timeout, Cpu cpu) {
        long now = cpu.nowNanos();
        long slack = sock.snd.packetsOut == 1 ? DELAYED_ACK_NANOS : SLACK_NANOS;
        long due = now + 2 * sock.rec.srttNanos + slack;
        timers.retransmit(sock, Pending.LOSS_PROBE, timeout > now ? Math.min(due, timeout) : due, cpu);
    }

    /// Waits for segments that may come late.
    @Linux("net/ipv4/tcp_recovery.c#tcp_rack_mark_lost")
    static void armReorder(TcpSock sock, TimerPort timers, long waitNanos, Cpu cpu) {
        long wait = Math.min(waitNanos + REORDER_SLACK_NANOS, RoundTrip.timeout(sock.rec));
        timers.retransmit(sock, Pending.REORDER, cpu.nowNanos() + wait, cpu);
    }

    /// After another timer: the timeout counts from when the first segment was sent.
    @Linux("net/ipv4/tcp_input.c#tcp_rearm_rto")
    static void rearm(TcpSock sock, TimerPort timers, Cpu cpu) {
        SkBuff head = sock.snd.retransmit.peek();
        if (head != null) {
            long due = SegmentControl.sentNanos(head) + RoundTrip.timeout(sock.rec);
            timers.retransmit(sock, Pending.RETRANSMIT, Math.max(due, cpu.nowNanos() + 1), cpu);
        }
    }
}
