package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars.Phase;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.control.TimerVars.Pending;

/// How long to wait for an acknowledgement: until the tail is probed when all goes well, else until the timeout.
public final class LossTimer {
    private static final long SLACK_NANOS = 8_000_000L;
    private static final long DELAYED_ACK_NANOS = 200_000_000L;

    private LossTimer() {}

    /// Arms the timer while something is in flight.
    @Rfc("6298#5")
    public static void arm(TcpSock sock, TimerPort timers, Cpu cpu) {
        if (!preferProbe(sock, timers, cpu)) {
            timers.retransmit(sock, Pending.RETRANSMIT, cpu.nowNanos() + RoundTrip.timeout(sock.rec), cpu);
        }
    }

    /// Arms the tail probe if it is allowed and due before the timeout. After each round of sending: with more in
    /// flight it may be due earlier.
    ///
    /// @return false when nothing was changed
    @Rfc("8985#7.2")
    @Linux("net/ipv4/tcp_output.c#tcp_schedule_loss_probe")
    public static boolean preferProbe(TcpSock sock, TimerPort timers, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        long probe = 2 * rec.srttNanos + (sock.snd.packetsOut == 1 ? DELAYED_ACK_NANOS : SLACK_NANOS);
        boolean mayProbe = sock.opt.sack
                && rec.phase == Phase.OPEN
                && rec.srttNanos > 0
                && rec.backoff == 0
                && !rec.probeOut
                && sock.state().isSynchronised();
        if (!mayProbe || probe >= RoundTrip.timeout(rec)) {
            return false;
        }
        timers.retransmit(sock, Pending.LOSS_PROBE, cpu.nowNanos() + probe, cpu);
        return true;
    }
}
