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
        boolean opening = isOpening(sock);
        if (windowIsTakenBack(sock, opening) ? isSilent(sock, cpu) : isHopeless(sock, rec.retransmits, cpu)) {
            giveUp(sock, cpu);
            return;
        }
        if (!opening && hasLasted(sock, sysctls.retries1.get(), cpu)) {
            sizes.blackHole(sock);
        }
        counters.timeouts.increment(cpu);
        sock.events().timedOut(sock, cpu);
        recovery.onTimeout(sock, cpu);
        int result = retransmitter.first(sock, cpu);
        if (result < 0 && result != Retransmitter.BUSY) {
            // The host itself could not send: try soon, that is no sign of congestion.
            timers.retransmit(sock, Pending.RETRANSMIT, cpu.nowNanos() + Math.min(rec.rtoNanos, RETRY_NANOS), cpu);
            return;
        }
        if (sock.state() != TcpState.SYN_SENT || rec.retransmits > sysctls.synLinearTimeouts.get()) {
            RoundTrip.backOff(rec);
        }
        timers.retransmit(sock, Pending.RETRANSMIT, cpu.nowNanos() + RoundTrip.timeout(rec), cpu);
        if (hasLasted(sock, sysctls.retries1.get(), cpu)) {
            sock.dst(null);
        }
    }

    private static boolean isOpening(TcpSock sock) {
        return sock.state() == TcpState.SYN_SENT || sock.state() == TcpState.SYN_RECEIVED;
    }

    /// Data are in flight, and the peer has taken its whole window back: retransmissions are window probes then.
    @Rfc("9293#3.8.6")
    private static boolean windowIsTakenBack(TcpSock sock, boolean opening) {
        return sock.snd.wnd == 0 && !opening && !sock.isOrphaned();
    }

    /// Nothing at all has come from such a peer for long.
    @Linux("net/ipv4/tcp_timer.c#tcp_rtx_probe0_timed_out")
    private static boolean isSilent(TcpSock sock, Cpu cpu) {
        long now = cpu.nowNanos();
        long since = now - sock.rec.firstTimeoutNanos;
        long userTimeout = sock.opt.userTimeoutNanos;
        if (userTimeout > 0 && since > userTimeout) {
            return true;
        }
        long most = 2 * RoundTrip.MAX_RTO_NANOS;
        return now - sock.rcv.lastAckNanos > most && since > most;
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
        if (userTimeout > 0 && tries > 0) {
            return cpu.nowNanos() - sock.rec.firstTimeoutNanos >= userTimeout;
        }
        return isOpening(sock) ? isNotOpening(sock, tries, cpu) : hasLasted(sock, dataRetries(sock), cpu);
    }

    /// Repetitions of a SYN that come a second apart are not counted, but their time is.
    private boolean isNotOpening(TcpSock sock, int tries, Cpu cpu) {
        int most = synRetries(sock);
        if (sock.state() != TcpState.SYN_SENT) {
            return tries >= most;
        }
        long since = cpu.nowNanos() - sock.rec.firstTimeoutNanos + RecoveryVars.INITIAL_RTO_NANOS;
        return tries >= most + sysctls.synLinearTimeouts.get()
                || tries > 0 && since >= modelTimeout(most, RecoveryVars.INITIAL_RTO_NANOS);
    }

    /// Whether so many retransmissions would have been made by now.
    @Linux("net/ipv4/tcp_timer.c#retransmits_timed_out")
    private boolean hasLasted(TcpSock sock, int retries, Cpu cpu) {
        return sock.rec.retransmits > 0
                && cpu.nowNanos() - sock.rec.firstTimeoutNanos >= modelTimeout(retries, least());
    }

    private long least() {
        return sysctls.rtoMinMillis.get() * 1_000_000L;
    }

    /// The time that so many retransmissions take when the timeout begins at its least: a slow path is not waited for
    /// longer than a fast one.
    @Rfc("9293#3.8.3")
    @Linux("net/ipv4/tcp_timer.c#tcp_model_timeout")
    private static long modelTimeout(int retries, long least) {
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
        if (result >= 0 && rec.backoff < sysctls.retries2.get()) {
            RoundTrip.backOff(rec);
        }
        timers.retransmit(sock, Pending.PROBE, cpu.nowNanos() + RoundTrip.timeout(rec), cpu);
    }

    private static boolean isClosing(TcpSock sock) {
        return sock.state() == TcpState.FIN_WAIT1 || sock.state() == TcpState.LAST_ACK;
    }
}
