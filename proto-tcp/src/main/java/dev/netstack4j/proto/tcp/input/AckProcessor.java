package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.congestion.CongestionWindow;
import dev.netstack4j.proto.tcp.congestion.PacingRate;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars.Phase;
import dev.netstack4j.proto.tcp.control.SendVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.control.TimerVars.Pending;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.output.ControlSegments;
import dev.netstack4j.proto.tcp.output.Retransmitter;
import dev.netstack4j.proto.tcp.output.SegmentSize;
import dev.netstack4j.proto.tcp.output.SendBuffer;
import dev.netstack4j.proto.tcp.output.WriteLoop;
import dev.netstack4j.proto.tcp.recovery.AckSummary;
import dev.netstack4j.proto.tcp.recovery.LossRecovery;
import dev.netstack4j.proto.tcp.recovery.LossTimer;
import dev.netstack4j.proto.tcp.recovery.RetransmitQueue;
import dev.netstack4j.proto.tcp.recovery.RoundTrip;
import dev.netstack4j.proto.tcp.recovery.Scoreboard;

/// What an acknowledgement does: frees what arrived, moves the windows, finds losses, sends them again.
@Rfc({"9293#3.10.7.4", "5681"})
@Linux("net/ipv4/tcp_input.c#tcp_ack")
public final class AckProcessor {
    /// How an acknowledgement was.
    public enum Result {
        /// It stands within what was sent.
        GOOD,
        /// It is older than SND.UNA: nothing to do, the rest of the segment counts.
        OLD,
        /// Far too old: drop the segment and challenge.
        TOO_OLD,
        /// It acknowledges what was never sent.
        INVALID
    }

    private static final long SECOND = 1_000_000_000L;
    private final LossRecovery recovery;
    private final Retransmitter retransmitter;
    private final WriteLoop loop;
    private final SendBuffer buffer;
    private final SegmentSize sizes;
    private final TimerPort timers;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;
    private final TcpReasons reasons;
    private final AckSummary[] summaries;

    /// One per stack.
    public AckProcessor(
            LossRecovery recovery,
            Retransmitter retransmitter,
            WriteLoop loop,
            SendBuffer buffer,
            SegmentSize sizes,
            TimerPort timers,
            TcpSysctls sysctls,
            TcpCounters counters,
            TcpReasons reasons,
            int cpus) {
        this.recovery = recovery;
        this.retransmitter = retransmitter;
        this.loop = loop;
        this.buffer = buffer;
        this.sizes = sizes;
        this.timers = timers;
        this.sysctls = sysctls;
        this.counters = counters;
        this.reasons = reasons;
        summaries = new AckSummary[cpus];
        for (int i = 0; i < cpus; i++) {
            summaries[i] = new AckSummary();
        }
    }

    /// Nothing is acknowledged yet.
    public static void begin(SendVars snd) {
        snd.una = snd.isn;
    }

    /// The peer's numbers begin here.
    public static void peerBegins(SendVars snd, int irs) {
        snd.wl1 = irs;
    }

    /// The first window that counts.
    ///
    /// @param window in bytes
    public static void firstWindow(SendVars snd, int window) {
        snd.wnd = window;
        snd.maxWindow = window;
    }

    /// A segment of the fast path: ACK within what was sent, window unchanged.
    public void fast(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        int ack = SegmentControl.ackSeq(skb);
        if (Seq.before(ack, sock.snd.una)) {
            return;
        }
        AckSummary sum = begin(sock, options, cpu);
        sock.snd.wl1 = SegmentControl.seq(skb);
        boolean pure = SegmentControl.seq(skb) == SegmentControl.endSeq(skb);
        sum.repeated = pure && ack == sock.snd.una;
        sum.duplicate = sum.repeated && sock.snd.packetsOut > 0;
        if (ack != sock.snd.una) {
            counters.hpAcks.increment(cpu);
        }
        finish(sock, ack, sum, cpu);
    }

    private AckSummary begin(TcpSock sock, ParsedOptions options, Cpu cpu) {
        AckSummary sum = summaries[cpu.id()];
        sum.begin(sock.snd.una, sock.rec.delivered, sock.rec.lostOut, cpu.nowNanos());
        sum.priorHighest = sock.rec.sackedOut > 0 ? sock.rec.highestSacked : sock.snd.una;
        sum.echoed = options.timestamp && options.tsEcr != 0;
        sum.echo = options.tsEcr;
        return sum;
    }

    /// Any segment with ACK.
    public Result slow(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        SendVars snd = sock.snd;
        int ack = SegmentControl.ackSeq(skb);
        if (Seq.before(ack, snd.una)) {
            return Seq.before(ack, snd.una - Math.max(snd.maxWindow, 1)) ? Result.TOO_OLD : Result.OLD;
        }
        if (Seq.after(ack, snd.nxt)) {
            return Result.INVALID;
        }
        AckSummary sum = begin(sock, options, cpu);
        sum.marked = sock.ecn.agreed && (SegmentControl.flags(skb) & (TcpFlags.ECE | TcpFlags.SYN)) == TcpFlags.ECE;
        boolean windowChanged = updateWindow(sock, skb, ack);
        if (options.sackBlocks > 0) {
            Scoreboard.tag(sock, options, ack, sum, cpu);
        }
        if (sum.duplicateReported) {
            counters.dsackRecv.increment(cpu);
        }
        boolean pure = SegmentControl.seq(skb) == SegmentControl.endSeq(skb);
        sum.repeated = pure && !windowChanged && ack == snd.una;
        sum.duplicate = sum.repeated && snd.packetsOut > 0;
        if (pure) {
            counters.pureAcks.increment(cpu);
        }
        finish(sock, ack, sum, cpu);
        return Result.GOOD;
    }

    /// Takes over the window when the segment is not older than the one that set it last.
    @Rfc("9293#3.10.7.4")
    @Linux("net/ipv4/tcp_input.c#tcp_ack_update_window")
    private boolean updateWindow(TcpSock sock, SkBuff skb, int ack) {
        SendVars snd = sock.snd;
        int window = TcpHeader.window(skb) << snd.windowScale;
        int seq = SegmentControl.seq(skb);
        boolean newer = Seq.after(ack, snd.una)
                || Seq.after(seq, snd.wl1)
                || seq == snd.wl1 && (window > snd.wnd || window == 0);
        if (!newer) {
            return false;
        }
        snd.wl1 = seq;
        if (window == snd.wnd) {
            return false;
        }
        snd.wnd = window;
        Prediction.check(sock, sysctls.headerPrediction.get() != 0);
        if (window > snd.maxWindow) {
            snd.maxWindow = window;
            sizes.sync(sock, snd.pathMtu);
        }
        return true;
    }

    private void finish(TcpSock sock, int ack, AckSummary sum, Cpu cpu) {
        SendVars snd = sock.snd;
        RecoveryVars rec = sock.rec;
        ControlSegments.answered(rec);
        sock.rcv.lastAckNanos = cpu.nowNanos();
        if (ack != snd.una) {
            snd.una = ack;
            LossRecovery.answered(sock);
        }
        if (snd.packetsOut == 0 && sum.priorUna == ack) {
            if (sum.duplicateReported) {
                recovery.onAck(sock, sum, cpu);
            }
            recovery.onProbeAnswer(sock, sum, cpu);
            probeAnswered(sock, cpu);
            return;
        }
        RetransmitQueue.clean(sock, sum, reasons.acked, cpu);
        sampleRoundTrip(sock, sum, ack, cpu);
        report(sock, sum, cpu);
        recovery.onProbeAnswer(sock, sum, cpu);
        if (recovery.isUnusual(sock, sum)) {
            recovery.onAck(sock, sum, cpu);
        }
        rearm(sock, sum, cpu);
        control(sock, sum, cpu);
        PacingRate.update(sock, sysctls);
        if (sum.sendNew) {
            loop.push(sock, WriteLoop.Nagle.OFF, cpu);
            LossRecovery.newDataSent(sock);
            sum.sendNew = rec.frto;
        }
        boolean opening = sock.state() == TcpState.SYN_SENT; // then it is not known yet what the SYN-ACK says
        if (rec.lostOut > rec.retransmittedOut && !sum.sendNew && !sum.holdsBack && !opening) {
            retransmitter.run(sock, cpu);
        }
        if (ack != sum.priorUna) {
            progress(sock, cpu);
        }
    }

    @Linux("net/ipv4/tcp_input.c#tcp_in_ack_event")
    private void report(TcpSock sock, AckSummary sum, Cpu cpu) {
        int delivered = (int) (sock.rec.delivered - sum.priorDelivered);
        if (sum.marked) {
            counters.deliveredCe.add(cpu, delivered);
            sock.ecn.deliveredMarked += delivered;
        }
        CongestionWindow.reported(sock, delivered, sum.marked, cpu);
    }

    /// A round trip from what was acknowledged and sent once, else from what SACK reports, else from the echo. The
    /// least one, and what congestion control sees, come from the latest of these segments, which no acknowledgement
    /// delayed.
    @Linux("net/ipv4/tcp_input.c#tcp_ack_update_rtt")
    private void sampleRoundTrip(TcpSock sock, AckSummary sum, int ack, Cpu cpu) {
        long now = cpu.nowNanos();
        long rtt = sum.retransmittedAcked ? -1 : since(now, sum.firstSentNanos);
        long latest = since(now, sum.lastSackedNanos >= 0 ? sum.lastSackedNanos : sum.lastSentNanos);
        if (rtt < 0) {
            rtt = since(now, sum.firstSackedNanos);
        }
        if (rtt < 0 && sum.echoed && ack != sum.priorUna && sum.ackedPackets > 0) {
            rtt = Math.max(1, sock.timestamp(cpu) - sum.echo) * 1_000_000L;
            latest = rtt;
        }
        if (rtt >= 0) {
            RoundTrip.least(sock.rec, latest, sysctls.minRttWlen.get() * SECOND, now);
            RoundTrip.sample(sock, rtt, sysctls.rtoMinMillis.get() * 1_000_000L);
        }
        if (sum.ackedPackets > 0) {
            CongestionWindow.acked(sock, sum.ackedPackets, rtt < 0 ? -1 : latest, cpu);
        }
    }

    private static long since(long now, long sent) {
        return sent < 0 ? -1 : Math.max(0, now - sent);
    }

    /// Restarts the timer when there was progress, stops it when nothing is in flight.
    @Rfc("6298#5.3")
    private void rearm(TcpSock sock, AckSummary sum, Cpu cpu) {
        if (sock.snd.packetsOut == 0) {
            timers.retransmitOff(sock);
        } else if (sum.ackedPackets > 0 && !sum.waitsForReordered) {
            LossTimer.arm(sock, timers, sysctls.earlyRetrans.get(), cpu);
        }
    }

    @Linux("net/ipv4/tcp_input.c#tcp_cong_control")
    private static void control(TcpSock sock, AckSummary sum, Cpu cpu) {
        int delivered = (int) (sock.rec.delivered - sum.priorDelivered);
        Phase phase = sock.rec.phase;
        if (phase == Phase.CWR || phase == Phase.RECOVERY) {
            boolean progress = sock.snd.una != sum.priorUna && sock.rec.lostOut <= sum.priorLost;
            CongestionWindow.reduce(sock, delivered, progress);
        } else if (sum.dataAcked) {
            CongestionWindow.grow(sock, delivered, cpu);
        }
    }

    /// Something arrived: the route works, and writers may have room.
    private void progress(TcpSock sock, Cpu cpu) {
        Dst dst = sock.dst();
        if (dst != null) {
            dst.confirm(cpu);
        }
        SendBuffer.acknowledged(sock.snd);
    }

    /// An answer to a window probe, with nothing in flight.
    @Linux("net/ipv4/tcp_input.c#tcp_ack_probe")
    private void probeAnswered(TcpSock sock, Cpu cpu) {
        SkBuff head = sock.snd.queue.peek();
        if (head == null) {
            return;
        }
        if (!Seq.after(SegmentControl.endSeq(head), sock.sendWindowEnd())) {
            RoundTrip.noBackoff(sock.rec);
            timers.retransmitOff(sock);
        } else {
            timers.retransmit(sock, Pending.PROBE, cpu.nowNanos() + RoundTrip.timeout(sock.rec), cpu);
        }
    }

    /// After an acknowledgement: send what may be sent now, and tell writers about room.
    @Linux("net/ipv4/tcp_input.c#tcp_data_snd_check")
    public void sendCheck(TcpSock sock, Cpu cpu) {
        if (!sock.snd.queue.isEmpty()) {
            loop.push(sock, WriteLoop.Nagle.AS_SET, cpu);
        }
        if (sock.snd.noSpace && SendBuffer.isWriteable(sock)) {
            tellWriters(sock, cpu);
        }
    }

    @Linux("net/ipv4/tcp_input.c#tcp_new_space")
    private void tellWriters(TcpSock sock, Cpu cpu) {
        buffer.expand(sock);
        SendBuffer.spaceTold(sock);
        if (!sock.isOrphaned()) {
            sock.writeSpace(cpu);
        }
    }
}
