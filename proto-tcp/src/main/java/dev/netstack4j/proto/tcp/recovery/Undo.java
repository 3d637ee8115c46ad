package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.proto.tcp.congestion.CongestionWindow;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars.Phase;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;

/// Takes reductions back that turn out needless: an echo shows that the original was acknowledged (Eifel), or every
/// retransmission was reported as a duplicate.
@Rfc({"3522", "4015", "3708"})
final class Undo {
    private final TcpCounters counters;

    Undo(TcpCounters counters) {
        this.counters = counters;
    }

    /// A phase with retransmissions begins.
    @Linux("net/ipv4/tcp_input.c#tcp_init_undo")
    static void begin(TcpSock sock) {
        RecoveryVars rec = sock.rec;
        CongestionWindow.mayUndo(sock, true);
        rec.undoMark = sock.snd.una;
        // A probe may be out already: its duplicate has to be reported too.
        rec.undoRetransmissions = rec.retransmittedOut;
        rec.retransmitStamp = 0;
    }

    /// Duplicates of segments below `end` were reported.
    @Linux("net/ipv4/tcp_input.c#tcp_check_dsack")
    static void duplicates(TcpSock sock, int end, int segments) {
        RecoveryVars rec = sock.rec;
        if (rec.undoPossible && Seq.after(end, rec.undoMark)) {
            rec.undoRetransmissions = Math.max(0, rec.undoRetransmissions - segments);
        }
    }

    /// Whether the echo shows that the original, not the retransmission, was acknowledged.
    @Rfc("3522#3.2")
    @Linux("net/ipv4/tcp_input.c#tcp_packet_delayed")
    static boolean isDelayed(TcpSock sock, AckSummary sum) {
        return sock.rec.undoPossible
                && sum.echoed
                && sock.rec.retransmitStamp != 0
                && Seq.before(sum.echo, sock.rec.retransmitStamp);
    }

    private static boolean allReported(RecoveryVars rec) {
        return rec.undoPossible && rec.retransmitStamp != 0 && rec.undoRetransmissions == 0;
    }

    /// The phase has passed its last byte.
    ///
    /// @return whether it is undone
    @Linux("net/ipv4/tcp_input.c#tcp_try_undo_recovery")
    boolean atEnd(TcpSock sock, AckSummary sum, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        boolean needless = isDelayed(sock, sum) || allReported(rec);
        if (needless) {
            undo(sock, rec.phase == Phase.LOSS ? counters.lossUndo : counters.fullUndo, cpu);
        } else {
            // Reports of duplicates may still come.
            Rack.recoveryEnded(rec, false);
        }
        return needless;
    }

    /// An acknowledgement of a part in recovery was caused by an original and no retransmission is out: nothing was
    /// lost.
    @Linux("net/ipv4/tcp_input.c#tcp_try_undo_partial")
    void inRecovery(TcpSock sock, Cpu cpu) {
        forgetLosses(sock);
        undo(sock, counters.partialUndo, cpu);
        CongestionWindow.disorder(sock, sock.rec.sackedOut > 0);
    }

    /// Every retransmission was reported as a duplicate.
    @Linux("net/ipv4/tcp_input.c#tcp_try_undo_dsack")
    boolean byReports(TcpSock sock, Cpu cpu) {
        if (!allReported(sock.rec)) {
            return false;
        }
        Rack.recoveryEnded(sock.rec, true);
        undo(sock, counters.dsackUndo, cpu);
        return true;
    }

    /// After a timeout.
    ///
    /// @param spurious whether the timeout is known to have been needless
    @Linux("net/ipv4/tcp_input.c#tcp_try_undo_loss")
    boolean afterTimeout(TcpSock sock, AckSummary sum, boolean spurious, Cpu cpu) {
        if (!spurious && !isDelayed(sock, sum) && !allReported(sock.rec)) {
            return false;
        }
        forgetLosses(sock);
        undo(sock, counters.lossUndo, cpu);
        if (spurious) {
            counters.spuriousRtos.increment(cpu);
        }
        sock.rec.retransmits = 0;
        CongestionWindow.open(sock);
        return true;
    }

    private static void undo(TcpSock sock, Counter counter, Cpu cpu) {
        CongestionWindow.undo(sock, cpu);
        CongestionWindow.mayUndo(sock, false);
        sock.rec.rackAdvanced = true;
        counter.increment(cpu);
    }

    /// RACK does not judge these segments again before they are sent again: it would come to the same result.
    @Linux("net/ipv4/tcp_input.c#tcp_undo_cwnd_reduction")
    private static void forgetLosses(TcpSock sock) {
        sock.rec.lostOut = 0;
        for (SkBuff skb = sock.snd.retransmit.peek(); skb != null; skb = skb.next()) {
            SegmentControl.clear(skb, SegmentControl.LOST);
        }
    }
}
