package dev.netstack4j.proto.tcp.timer;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.control.TimerVars.Pending;
import dev.netstack4j.proto.tcp.output.ControlSegments;
import dev.netstack4j.proto.tcp.output.Retransmitter;
import dev.netstack4j.proto.tcp.output.SegmentSize;
import dev.netstack4j.proto.tcp.output.WriteLoop;
import dev.netstack4j.proto.tcp.recovery.LossRecovery;
import dev.netstack4j.proto.tcp.recovery.RoundTrip;
import dev.netstack4j.proto.tcp.state.Endings;

/// The retransmission timeout and the window probe.
@Rfc({"6298#5", "9293#3.8.6.1"})
@Linux("net/ipv4/tcp_timer.c#tcp_write_timer_handler")
public final class RetransmitTimer {
    private static final int ORPHAN_RETRIES = 8;
    private static final int MOST_PROBE_BACKOFF = 10;
    private static final long RETRY_NANOS = 500_000_000L;
    private final LossRecovery recovery;
    private final Retransmitter retransmitter;
    private final WriteLoop loop;
    private final SegmentSize sizes;
    private final ControlSegments control;
    private final Endings endings;
    private final TimerPort timers;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;

    /// One per stack.
    public RetransmitTimer(
            LossRecovery recovery,
            Retransmitter retransmitter,
            WriteLoop loop,
            SegmentSize sizes,
            ControlSegments control,
            Endings endings,
            TimerPort timers,
            TcpSysctls sysctls,
            TcpCounters counters) {
        this.recovery = recovery;
        this.retransmitter = retransmitter;
        this.loop = loop;
        this.sizes = sizes;
        this.control = control;
        this.endings = endings;
        this.timers = timers;
        this.sysctls = sysctls;
        this.counters = counters;
    }

    void expired(TcpSock sock, Cpu cpu) {
        Pending pending = sock.timers.pending;
        timers.retransmitOff(sock);
        if (pending == Pending.PROBE) {
            probe(sock, cpu);
        } else if (pending == Pending.LOSS_PROBE && sock.snd.packetsOut > 0) {
            probeTail(sock, cpu);
        } else if (pending == Pending.REORDER && sock.snd.packetsOut > 0) {
            reordered(sock, cpu);
        } else if (sock.snd.packetsOut > 0) {
            retransmit(sock, cpu);
        }
    }

    @Linux("net/ipv4/tcp_timer.c#tcp_retransmit_timer")
    private void retransmit(TcpSock sock, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        if (rec.retransmits == 0) {
            rec.firstTimeoutNanos = cpu.nowNanos();
        }
        if (isHopeless(sock, rec.retransmits, cpu)) {
            giveUp(sock, cpu);
            return;
        }
        if (rec.retransmits >= sysctls.retries1.get()) {
            sizes.blackHole(sock);
        }
        counters.timeouts.increment(cpu);
        recovery.onTimeout(sock, cpu);
        if (retransmitter.first(sock, cpu) < 0) {
            // The host itself could not send: try soon, that is no sign of congestion.
            timers.retransmit(sock, Pending.RETRANSMIT, cpu.nowNanos() + Math.min(rec.rtoNanos, RETRY_NANOS), cpu);
            return;
        }
        RoundTrip.backOff(rec);
        timers.retransmit(sock, Pending.RETRANSMIT, cpu.nowNanos() + RoundTrip.timeout(rec), cpu);
        if (rec.retransmits >= sysctls.retries1.get()) {
            sock.dst(null);
        }
    }

    /// Nothing has come for two round trips: one segment, new if there is one, else the last again, makes the peer tell
    /// what is missing.
    @Rfc("8985#7.3")
    @Linux("net/ipv4/tcp_output.c#tcp_send_loss_probe")
    private void probeTail(TcpSock sock, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        boolean fresh = loop.sendIntoWindow(sock, cpu);
        if (fresh || retransmitter.last(sock, cpu) >= 0) {
            counters.lossProbes.increment(cpu);
            LossRecovery.probeSent(sock, fresh);
        }
        timers.retransmit(sock, Pending.RETRANSMIT, cpu.nowNanos() + RoundTrip.timeout(rec), cpu);
    }

    /// Goes on with what is lost.
    void goOn(TcpSock sock, Cpu cpu) {
        retransmitter.run(sock, cpu);
    }

    private void reordered(TcpSock sock, Cpu cpu) {
        if (recovery.onReorderTimeout(sock, cpu)) {
            retransmitter.run(sock, cpu);
        }
    }

    private boolean isHopeless(TcpSock sock, int tries, Cpu cpu) {
        long userTimeout = sock.opt.userTimeoutNanos;
        boolean opening = sock.state() == TcpState.SYN_SENT || sock.state() == TcpState.SYN_RECEIVED;
        if (userTimeout > 0 && tries > 0) {
            return cpu.nowNanos() - sock.rec.firstTimeoutNanos >= userTimeout;
        }
        if (opening) {
            return tries >= synRetries(sock);
        }
        return tries > 0 && cpu.nowNanos() - sock.rec.firstTimeoutNanos >= modelTimeout(dataRetries(sock));
    }

    /// The time that so many retransmissions take when the timeout begins at its least: a slow path is not waited for
    /// longer than a fast one.
    @Rfc("9293#3.8.3")
    @Linux("net/ipv4/tcp_timer.c#tcp_model_timeout")
    private long modelTimeout(int retries) {
        long least = sysctls.rtoMinMillis.get() * 1_000_000L;
        int doublings = 63 - Long.numberOfLeadingZeros(RoundTrip.MAX_RTO_NANOS / least);
        if (retries <= doublings) {
            return ((2L << retries) - 1) * least;
        }
        return ((2L << doublings) - 1) * least + (retries - doublings) * RoundTrip.MAX_RTO_NANOS;
    }

    /// Whether window probes have been unanswered long enough.
    @Linux("net/ipv4/tcp_timer.c#tcp_probe_timer")
    private boolean isUnheard(TcpSock sock, int probes, Cpu cpu) {
        long userTimeout = sock.opt.userTimeoutNanos;
        if (userTimeout > 0 && probes > 0) {
            return cpu.nowNanos() - sock.rec.firstTimeoutNanos >= userTimeout;
        }
        return probes >= dataRetries(sock);
    }

    private int synRetries(TcpSock sock) {
        if (sock.state() == TcpState.SYN_RECEIVED) {
            return sysctls.synackRetries.get();
        }
        return sock.opt.synRetries > 0 ? sock.opt.synRetries : sysctls.synRetries.get();
    }

    private int dataRetries(TcpSock sock) {
        if (!sock.isOrphaned()) {
            return sysctls.retries2.get();
        }
        int set = sysctls.orphanRetries.get();
        return set == 0 ? ORPHAN_RETRIES : set;
    }

    @Linux("net/ipv4/tcp_timer.c#tcp_write_err")
    private void giveUp(TcpSock sock, Cpu cpu) {
        counters.abortOnTimeout.increment(cpu);
        int soft = sock.softError;
        endings.fail(sock, soft == 0 ? Errno.ETIMEDOUT : Errno.of(soft), cpu);
    }

    @Linux("net/ipv4/tcp_timer.c#tcp_probe_timer")
    private void probe(TcpSock sock, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        if (!sock.snd.finQueued && isClosing(sock)) {
            control.sendFin(sock, cpu);
            return;
        }
        if (sock.snd.packetsOut > 0 || sock.snd.queue.isEmpty()) {
            ControlSegments.answered(rec);
            return;
        }
        if (rec.probes == 0) {
            rec.firstTimeoutNanos = cpu.nowNanos();
        }
        if (isUnheard(sock, rec.probes, cpu)) {
            giveUp(sock, cpu);
            return;
        }
        int result = control.wakeUp(sock, cpu);
        if (sock.snd.packetsOut > 0) {
            ControlSegments.answered(rec);
            RoundTrip.noBackoff(rec);
            return;
        }
        ControlSegments.probed(rec);
        if (result >= 0 && rec.backoff < MOST_PROBE_BACKOFF) {
            RoundTrip.backOff(rec);
        }
        timers.retransmit(sock, Pending.PROBE, cpu.nowNanos() + RoundTrip.timeout(rec), cpu);
    }

    private static boolean isClosing(TcpSock sock) {
        return sock.state() == TcpState.FIN_WAIT1 || sock.state() == TcpState.LAST_ACK;
    }
}
