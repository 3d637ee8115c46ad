package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.congestion.CongestionWindow;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars.Phase;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.header.Seq;

/// Decides after each unusual acknowledgement in which phase a connection is and what is lost. Sends nothing: output
/// does.
@Rfc({"5681#3.2", "6582", "6675", "8985"})
@Linux("net/ipv4/tcp_input.c#tcp_fastretrans_alert")
public final class LossRecovery {
    private final TcpSysctls sysctls;
    private final TcpCounters counters;
    private final TimerPort timers;
    private final Rack rack;
    private final Reordering reordering;
    private final Undo undo;
    private final SpuriousTimeout spurious;

    /// One per stack.
    public LossRecovery(TcpSysctls sysctls, TcpCounters counters, TimerPort timers) {
        this.sysctls = sysctls;
        this.counters = counters;
        this.timers = timers;
        rack = new Rack(sysctls, counters);
        reordering = new Reordering(sysctls, counters);
        undo = new Undo(counters);
        spurious = new SpuriousTimeout(undo);
    }

    /// Whether an acknowledgement needs a look at all.
    public boolean isUnusual(TcpSock sock, AckSummary sum) {
        return sum.duplicate
                || sum.newlySacked
                || sum.duplicateReported
                || sum.marked
                || sock.rec.phase != Phase.OPEN
                || sock.rec.sackedOut > 0;
    }

    /// Looks at an acknowledgement.
    public void onAck(TcpSock sock, AckSummary sum, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        if (sock.snd.packetsOut == 0) {
            rec.sackedOut = 0;
        }
        if (sum.marked) {
            CongestionWindow.mayUndo(sock, false);
        }
        noteReordering(sock, sum, cpu);
        rack.adapt(sock);
        boolean progress = sock.snd.una != sum.priorUna;
        boolean passed = rec.phase != Phase.OPEN && Seq.atMost(rec.highSeq, sock.snd.una);
        if (passed) {
            if (isHeld(sock, rec)) {
                return;
            }
            endPhase(sock, sum, cpu);
        }
        switch (rec.phase) {
            case RECOVERY -> inRecovery(sock, sum, progress, cpu);
            case LOSS -> inLoss(sock, sum, progress, cpu);
            case OPEN, DISORDER, CWR -> inNormal(sock, sum, progress, cpu);
        }
    }

    private void noteReordering(TcpSock sock, AckSummary sum, Cpu cpu) {
        if (sum.duplicateReported && sock.rec.reorderingSeen > 0 && !sum.duplicateOfProbe) {
            sock.rec.rackDuplicateSeen = true;
        }
        if (sum.reordered && (sock.rec.phase != Phase.LOSS || sock.rec.undoPossible)) {
            reordering.seen(sock, sum.reorderedSeq, false, cpu);
        }
    }

    /// Without SACK the phase lasts until something behind it is acknowledged: duplicates of retransmissions would
    /// begin another recovery.
    @Rfc("6582#3.2")
    @Linux("net/ipv4/tcp_input.c#tcp_is_non_sack_preventing_reopen")
    private static boolean isHeld(TcpSock sock, RecoveryVars rec) {
        boolean held = !sock.opt.sack && rec.phase == Phase.RECOVERY && sock.snd.una == rec.highSeq;
        if (held) {
            rec.sackedOut = 0;
        }
        return held && sock.snd.packetsOut > 0;
    }

    private void endPhase(TcpSock sock, AckSummary sum, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        switch (rec.phase) {
            case CWR -> {
                // The highest sequence number itself must be passed, so that one window is lost at most.
                if (sock.snd.una != rec.highSeq) {
                    CongestionWindow.endReduction(sock, cpu);
                    CongestionWindow.open(sock);
                }
            }
            case RECOVERY -> {
                clearDuplicates(sock);
                if (!undo.atEnd(sock, sum, cpu)) {
                    CongestionWindow.endReduction(sock, cpu);
                }
                CongestionWindow.open(sock);
            }
            default -> {}
        }
    }

    private void inRecovery(TcpSock sock, AckSummary sum, boolean progress, Cpu cpu) {
        if (!progress) {
            countDuplicate(sock, sum, cpu);
        } else {
            if (Undo.isDelayed(sock, sum)) {
                reordering.seen(sock, sum.priorUna, true, cpu);
                if (sock.rec.retransmittedOut > 0) {
                    sum.holdsBack = true; // what they repair is not known yet: new segments only
                    return;
                }
                undo.inRecovery(sock, cpu);
            }
            Scoreboard.removeDuplicates(sock, sum.ackedPackets);
        }
        if (undo.byReports(sock, cpu)) {
            CongestionWindow.disorder(sock, sock.rec.sackedOut > 0);
        }
        identify(sock, sum, progress, cpu);
        if (sock.rec.phase != Phase.RECOVERY && sock.rec.lostOut > 0) {
            enterRecovery(sock, sum, cpu);
        }
    }

    private void inLoss(TcpSock sock, AckSummary sum, boolean progress, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        boolean recovered = Seq.atMost(rec.highSeq, sock.snd.una);
        if (progress && undo.afterTimeout(sock, sum, false, cpu)
                || spurious.onAck(sock, sum, progress, recovered, cpu)) {
            return;
        }
        if (progress) {
            rec.retransmits = 0;
        }
        if (recovered) {
            clearDuplicates(sock);
            undo.atEnd(sock, sum, cpu);
            CongestionWindow.open(sock);
        } else if (!sock.opt.sack) {
            if (Seq.after(sock.snd.nxt, rec.highSeq)) {
                countDuplicate(sock, sum, cpu);
            } else if (progress) {
                clearDuplicates(sock);
            }
            return;
        }
        int before = rec.retransmittedOut;
        identify(sock, sum, progress, cpu);
        boolean lostAgain = rec.retransmittedOut < before;
        if (rec.lostOut > 0 && (rec.phase == Phase.OPEN || lostAgain)) {
            enterRecovery(sock, sum, cpu);
        }
    }

    private void inNormal(TcpSock sock, AckSummary sum, boolean progress, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        if (progress) {
            clearDuplicates(sock);
        }
        countDuplicate(sock, sum, cpu);
        if (rec.phase.ordinal() <= Phase.DISORDER.ordinal()) {
            undo.byReports(sock, cpu);
        }
        identify(sock, sum, progress, cpu);
        if (rec.lostOut > 0) {
            enterRecovery(sock, sum, cpu);
        } else if (sum.marked) {
            CongestionWindow.marked(sock, cpu);
        } else if (rec.phase != Phase.CWR) {
            CongestionWindow.disorder(sock, rec.sackedOut > 0);
        }
    }

    /// Marks what is lost.
    @Linux("net/ipv4/tcp_input.c#tcp_identify_packet_loss")
    private void identify(TcpSock sock, AckSummary sum, boolean progress, Cpu cpu) {
        if (!sock.opt.sack) {
            Scoreboard.markLostByDuplicates(sock, progress, counters, cpu);
        } else if (rack.isOn()) {
            long wait = rack.markLost(sock, cpu);
            if (wait > 0 && sock.snd.packetsOut > 0) {
                LossTimer.armReorder(sock, timers, wait, cpu);
                sum.waitsForReordered = true;
            }
        } else {
            Scoreboard.markLostByReports(sock, counters, cpu);
            if (progress && sock.rec.phase == Phase.RECOVERY) {
                Scoreboard.markHeadLost(sock, counters, cpu);
            }
        }
    }

    private void enterRecovery(TcpSock sock, AckSummary sum, Cpu cpu) {
        enterRecovery(sock, cpu);
        if (sum.marked) {
            CongestionWindow.mayUndo(sock, false);
        }
    }

    @Linux("net/ipv4/tcp_input.c#tcp_enter_recovery")
    private void enterRecovery(TcpSock sock, Cpu cpu) {
        (sock.opt.sack ? counters.sackRecovery : counters.renoRecovery).increment(cpu);
        Undo.begin(sock);
        CongestionWindow.enterRecovery(sock, cpu);
    }

    private void countDuplicate(TcpSock sock, AckSummary sum, Cpu cpu) {
        if (sum.duplicate && !sock.opt.sack && !Scoreboard.addDuplicate(sock)) {
            reordering.tooManyDuplicates(sock, cpu);
        }
    }

    private static void clearDuplicates(TcpSock sock) {
        if (!sock.opt.sack) {
            sock.rec.sackedOut = 0;
        }
    }

    /// The timer for reordered segments has expired: what did not come is lost.
    ///
    /// @return whether something is to be sent again
    @Rfc("8985#6.3")
    @Linux("net/ipv4/tcp_recovery.c#tcp_rack_reo_timeout")
    public boolean onReorderTimeout(TcpSock sock, Cpu cpu) {
        int inFlight = sock.packetsInFlight();
        long wait = rack.detect(sock, cpu);
        boolean lost = sock.packetsInFlight() != inFlight;
        if (lost && sock.rec.phase != Phase.RECOVERY) {
            enterRecovery(sock, cpu);
            CongestionWindow.reduce(sock, 1, false);
        }
        if (wait > 0) {
            LossTimer.armReorder(sock, timers, wait, cpu);
        } else {
            LossTimer.rearm(sock, timers, cpu);
        }
        return lost;
    }

    /// The path has become narrower: what is longer than `mss` did not get through, and is to be sent again. That is no
    /// sign of congestion.
    ///
    /// @param mss -1 when nothing that is in flight got through
    /// @return whether something is to be sent again
    @Linux("net/ipv4/tcp_output.c#tcp_simple_retransmit")
    public boolean onPathMtu(TcpSock sock, int mss, Cpu cpu) {
        int before = sock.rec.lostOut;
        Scoreboard.markTooLong(sock, mss, counters, cpu);
        boolean lost = sock.rec.lostOut != before;
        if (lost && sock.rec.phase != Phase.LOSS) {
            CongestionWindow.repair(sock);
        }
        return lost;
    }

    /// The retransmission timer fired: everything in flight is taken for lost, but what was sent just now.
    @Rfc("6298#5.4")
    @Linux("net/ipv4/tcp_input.c#tcp_enter_loss")
    public void onTimeout(TcpSock sock, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        rec.probeOut = false;
        boolean anew = rec.phase.ordinal() < Phase.RECOVERY.ordinal();
        boolean first = rec.phase.ordinal() <= Phase.DISORDER.ordinal()
                || !Seq.after(rec.highSeq, sock.snd.una)
                || rec.phase == Phase.LOSS && rec.retransmits == 0;
        countFailure(sock, cpu);
        if (first) {
            Undo.begin(sock);
        }
        if (rec.phase.ordinal() <= Phase.DISORDER.ordinal()) {
            Reordering.overestimated(rec, sysctls.reordering.get());
        }
        Scoreboard.markAllLost(sock, rack.isOn(), counters, cpu);
        boolean frto = sysctls.frto.get() != 0 && (anew || rec.retransmits > 0);
        CongestionWindow.enterLoss(sock, first, cpu);
        SpuriousTimeout.begin(rec, frto);
        rec.timeoutRecoveries += rec.retransmits == 0 ? 1 : 0;
        rec.timeouts++;
        rec.retransmits++;
    }

    @Linux("net/ipv4/tcp_timer.c#tcp_retransmit_timer")
    private void countFailure(TcpSock sock, Cpu cpu) {
        if (sock.rec.retransmits > 0) {
            return;
        }
        boolean sack = sock.opt.sack;
        switch (sock.rec.phase) {
            case RECOVERY -> (sack ? counters.sackRecoveryFail : counters.renoRecoveryFail).increment(cpu);
            case LOSS -> counters.lossFailures.increment(cpu);
            case DISORDER -> (sack ? counters.sackFailures : counters.renoFailures).increment(cpu);
            default -> {}
        }
    }

    /// The peer has said that it does not have what is in flight, and no congestion is to blame: all goes out again,
    /// and the window stays.
    @Linux("net/ipv4/tcp_input.c#tcp_non_congestion_loss_retransmit")
    public void notReceived(TcpSock sock, Cpu cpu) {
        Scoreboard.markAllLost(sock, false, counters, cpu);
        CongestionWindow.lostWithoutCongestion(sock);
    }

    /// New data was sent instead of retransmissions, or could not be sent.
    public static void newDataSent(TcpSock sock) {
        if (!Seq.after(sock.snd.nxt, sock.rec.highSeq)) {
            SpuriousTimeout.end(sock.rec);
        }
    }

    /// The peer has acknowledged something new: the count of timeouts in a row begins again.
    public static void answered(TcpSock sock) {
        sock.rec.retransmits = 0;
    }

    /// A tail loss probe was sent.
    ///
    /// @param fresh whether it carried new data
    @Rfc("8985#7.3")
    public static void probeSent(TcpSock sock, boolean fresh) {
        sock.rec.probeOut = true;
        sock.rec.probeWasRetransmission = !fresh;
        sock.rec.probeSeq = sock.snd.nxt;
        sock.rec.measured = false;
    }

    /// An acknowledgement, perhaps while a tail loss probe is out. A retransmission has repaired a loss when more than
    /// it is acknowledged and nothing told before that it was needless; the window shrinks then as for any loss.
    @Rfc("8985#7.4.2")
    @Linux("net/ipv4/tcp_input.c#tcp_process_tlp_ack")
    public void onProbeAnswer(TcpSock sock, AckSummary sum, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        if (!rec.probeOut || Seq.before(sock.snd.una, rec.probeSeq)) {
            return;
        }
        boolean reducedMeanwhile = rec.phase.ordinal() >= Phase.CWR.ordinal();
        if (!rec.probeWasRetransmission || reducedMeanwhile || isNeedless(sum)) {
            rec.probeOut = false;
        } else if (Seq.after(sock.snd.una, rec.probeSeq)) {
            rec.probeOut = false;
            counters.lossProbeRecovery.increment(cpu);
            CongestionWindow.enterCwr(sock, cpu);
        }
    }

    /// Probe and original have both arrived.
    private static boolean isNeedless(AckSummary sum) {
        return sum.duplicateOfProbe || sum.repeated && !sum.newlySacked;
    }
}
