package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.congestion.CongestionWindow;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars.Phase;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.Seq;

/// Decides after each unusual acknowledgement in which phase a connection is and what is lost. Sends nothing: output
/// does. F-RTO and the reordering timer of RACK are not implemented.
@Rfc({"5681#3.2", "6582", "6675"})
@Linux("net/ipv4/tcp_input.c#tcp_fastretrans_alert")
public final class LossRecovery {
    private final TcpCounters counters;

    /// One per stack.
    public LossRecovery(TcpCounters counters) {
        this.counters = counters;
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
        boolean progress = sock.snd.una != sum.priorUna;
        if (rec.phase != Phase.OPEN && Seq.atMost(rec.highSeq, sock.snd.una)) {
            endPhase(sock, cpu);
        }
        switch (rec.phase) {
            case RECOVERY -> inRecovery(sock, sum, progress, cpu);
            case LOSS -> inLoss(sock, sum, progress, cpu);
            case OPEN, DISORDER, CWR -> inNormal(sock, sum, progress, cpu);
        }
    }

    private void endPhase(TcpSock sock, Cpu cpu) {
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
                if (!tryUndo(sock, cpu)) {
                    CongestionWindow.endReduction(sock, cpu);
                }
                CongestionWindow.open(sock);
            }
            default -> {}
        }
    }

    private void inRecovery(TcpSock sock, AckSummary sum, boolean progress, Cpu cpu) {
        if (sock.opt.sack) {
            Scoreboard.markLostBySack(sock);
            if (progress) {
                Scoreboard.markHeadLost(sock, cpu);
            }
            return;
        }
        if (!progress) {
            countDuplicate(sock, sum);
            return;
        }
        if (isDelayed(sock, sum)) {
            undo(sock, counters.fullUndo, cpu);
            CongestionWindow.open(sock);
            return;
        }
        // A partial acknowledgement: the next segment is lost too (6582).
        Scoreboard.removeDuplicates(sock, sum.ackedPackets);
        Scoreboard.markHeadLost(sock, cpu);
    }

    private void inLoss(TcpSock sock, AckSummary sum, boolean progress, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        if (isDelayed(sock, sum)) {
            undo(sock, counters.lossUndo, cpu);
            forgetLosses(sock);
            CongestionWindow.open(sock);
            return;
        }
        if (progress) {
            rec.retransmits = 0;
        }
        if (sock.opt.sack) {
            Scoreboard.markLostBySack(sock);
        } else {
            if (progress) {
                clearDuplicates(sock);
            } else {
                countDuplicate(sock, sum);
            }
        }
        if (Seq.atMost(rec.highSeq, sock.snd.una)) {
            CongestionWindow.mayUndo(sock, false);
            CongestionWindow.open(sock);
        }
    }

    private void inNormal(TcpSock sock, AckSummary sum, boolean progress, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        if (sock.opt.sack) {
            Scoreboard.markLostBySack(sock);
        } else {
            if (progress) {
                clearDuplicates(sock);
            }
            countDuplicate(sock, sum);
        }
        if (isLoss(sock)) {
            enterRecovery(sock, cpu);
            CongestionWindow.mayUndo(sock, !sum.marked);
        } else if (sum.marked) {
            CongestionWindow.enterCwr(sock, cpu);
        } else if (rec.phase != Phase.CWR) {
            CongestionWindow.disorder(sock, rec.sackedOut > 0);
        }
    }

    private static boolean isLoss(TcpSock sock) {
        return sock.rec.lostOut > 0 || !sock.opt.sack && sock.rec.sackedOut >= sock.rec.reordering;
    }

    private void enterRecovery(TcpSock sock, Cpu cpu) {
        (sock.opt.sack ? counters.sackRecovery : counters.renoRecovery).increment(cpu);
        beginUndo(sock);
        CongestionWindow.enterRecovery(sock, cpu);
        Scoreboard.markHeadLost(sock, cpu);
    }

    private static void countDuplicate(TcpSock sock, AckSummary sum) {
        if (sum.duplicate) {
            Scoreboard.addDuplicate(sock);
        }
    }

    private static void clearDuplicates(TcpSock sock) {
        if (!sock.opt.sack) {
            sock.rec.sackedOut = 0;
        }
    }

    /// The retransmission timer fired: everything in flight is taken for lost.
    @Rfc("6298#5.4")
    @Linux("net/ipv4/tcp_input.c#tcp_enter_loss")
    public void onTimeout(TcpSock sock, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        rec.probeOut = false;
        boolean first = rec.phase.ordinal() <= Phase.DISORDER.ordinal()
                || !Seq.after(rec.highSeq, sock.snd.una)
                || rec.phase == Phase.LOSS && rec.retransmits == 0;
        if (first) {
            beginUndo(sock);
        }
        Scoreboard.markAllLost(sock);
        CongestionWindow.enterLoss(sock, first, cpu);
        rec.retransmits++;
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
    }

    /// An acknowledgement while a tail loss probe is out: when it covers the probe, nothing was reported as a duplicate
    /// and the probe was a retransmission, then it has repaired a loss, and the window shrinks as for any loss.
    @Rfc("8985#7.4.2")
    @Linux("net/ipv4/tcp_input.c#tcp_process_tlp_ack")
    public void onProbeAnswer(TcpSock sock, AckSummary sum, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        if (sum.duplicateReported) {
            rec.probeOut = false;
        } else if (Seq.atMost(rec.probeSeq, sock.snd.una)) {
            rec.probeOut = false;
            if (rec.probeWasRetransmission && rec.phase == Phase.OPEN) {
                counters.lossProbeRecovery.increment(cpu);
                CongestionWindow.enterCwr(sock, cpu);
            }
        }
    }

    private static void beginUndo(TcpSock sock) {
        CongestionWindow.mayUndo(sock, true);
        sock.rec.undoMark = sock.snd.una;
        sock.rec.undoRetransmissions = 0;
        sock.rec.retransmitStamp = 0;
    }

    /// Whether the echo shows that the original, not the retransmission, was acknowledged.
    @Rfc("3522#3.2")
    private static boolean isDelayed(TcpSock sock, AckSummary sum) {
        return sock.rec.undoPossible
                && sum.echoed
                && sum.retransmittedAcked
                && sock.rec.retransmitStamp != 0
                && Seq.before(sum.echo, sock.rec.retransmitStamp);
    }

    /// After the last byte of the phase: all retransmissions may have been reported as duplicates.
    private boolean tryUndo(TcpSock sock, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        boolean needless = rec.undoPossible && rec.retransmitStamp != 0 && rec.undoRetransmissions == 0;
        if (needless && sock.opt.sack) {
            undo(sock, counters.fullUndo, cpu);
            return true;
        }
        CongestionWindow.mayUndo(sock, false);
        return false;
    }

    private static void undo(TcpSock sock, dev.netstack4j.api.statistics.Counter counter, Cpu cpu) {
        CongestionWindow.undo(sock, cpu);
        CongestionWindow.mayUndo(sock, false);
        counter.increment(cpu);
    }

    private static void forgetLosses(TcpSock sock) {
        sock.rec.lostOut = 0;
        for (var skb = sock.snd.retransmit.peek(); skb != null; skb = skb.next()) {
            dev.netstack4j.proto.tcp.header.SegmentControl.clear(
                    skb, dev.netstack4j.proto.tcp.header.SegmentControl.LOST);
        }
    }
}
