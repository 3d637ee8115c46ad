package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.congestion.CongestionWindow;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.Seq;

/// F-RTO: after a timeout two acknowledgements tell whether it was spurious. After the first one new data is sent
/// instead of retransmissions; if the next one acknowledges what was never sent again, nothing was lost.
@Rfc("5682#3.1")
@Linux("net/ipv4/tcp_input.c#tcp_process_loss")
final class SpuriousTimeout {
    private final Undo undo;

    SpuriousTimeout(Undo undo) {
        this.undo = undo;
    }

    /// A timeout. Not after one in a recovery by retransmissions, where the answer would say nothing.
    static void begin(RecoveryVars rec, boolean wanted) {
        rec.frto = wanted;
    }

    /// It is decided: the loss was real.
    static void end(RecoveryVars rec) {
        rec.frto = false;
    }

    /// An acknowledgement while the question is open.
    ///
    /// @param recovered whether it passes what was in flight at the timeout
    /// @return whether nothing else is to be done with it: the timeout is undone, or new data is to be sent
    boolean onAck(TcpSock sock, AckSummary sum, boolean progress, boolean recovered, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        if (!rec.frto) {
            return false;
        }
        if (sum.originalDelivered && undo.afterTimeout(sock, sum, true, cpu)) {
            return true;
        }
        if (Seq.after(sock.snd.nxt, rec.highSeq)) {
            if (sum.newlySacked || sum.duplicate) {
                end(rec);
            }
        } else if (progress && !recovered) {
            return sendNew(sock, sum);
        }
        return false;
    }

    private static boolean sendNew(TcpSock sock, AckSummary sum) {
        CongestionWindow.extend(sock);
        boolean possible = !sock.snd.queue.isEmpty() && Seq.after(sock.sendWindowEnd(), sock.snd.nxt);
        if (!possible) {
            end(sock.rec);
        }
        sum.sendNew = possible;
        return possible;
    }
}
