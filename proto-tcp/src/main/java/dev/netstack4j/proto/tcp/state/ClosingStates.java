package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;

/// FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT, CLOSING and LAST-ACK: one side or both have closed.
@Rfc("9293#3.10.7.4")
@Linux("net/ipv4/tcp_input.c#tcp_rcv_state_process")
final class ClosingStates {
    private final OpenStates open;
    private final Endings endings;
    private final Replies replies;
    private final TcpCounters counters;
    private final TcpReasons reasons;

    ClosingStates(OpenStates open, Endings endings, Replies replies, TcpCounters counters, TcpReasons reasons) {
        this.open = open;
        this.endings = endings;
        this.replies = replies;
        this.counters = counters;
        this.reasons = reasons;
    }

    Disposition receive(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        Disposition early = open.validate(sock, skb, options, cpu);
        if (early != null) {
            return early;
        }
        if (!open.acknowledge(sock, skb, options, cpu)) {
            return Disposition.DROPPED;
        }
        if (sock.snd.finQueued && sock.snd.una == sock.snd.writeSeq && !finAcknowledged(sock, skb, cpu)) {
            skb.consume(reasons.control, cpu);
            return Disposition.PROCESSED;
        }
        return data(sock, skb, options, cpu);
    }

    /// Our FIN is acknowledged.
    ///
    /// @return whether the connection is still there
    private boolean finAcknowledged(TcpSock sock, SkBuff skb, Cpu cpu) {
        switch (sock.state()) {
            case FIN_WAIT1 -> {
                return endings.finAcknowledged(sock, hasNewData(sock, skb), cpu);
            }
            case CLOSING -> {
                endings.timeWait(sock, cpu);
                return false;
            }
            case LAST_ACK -> {
                endings.done(sock, cpu);
                return false;
            }
            default -> {
                return true;
            }
        }
    }

    private static boolean hasNewData(TcpSock sock, SkBuff skb) {
        int end = SegmentControl.endSeq(skb) - (SegmentControl.has(skb, TcpFlags.FIN) ? 1 : 0);
        return SegmentControl.seq(skb) != end && Seq.after(end, sock.rcv.nxt);
    }

    private Disposition data(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        boolean peerDone =
                sock.state() != TcpState.FIN_WAIT1 && sock.state() != TcpState.FIN_WAIT2 && sock.rcv.finReceived;
        if (peerDone && !Seq.before(SegmentControl.seq(skb), sock.rcv.nxt)) {
            return afterFin(sock, skb, cpu);
        }
        boolean nobodyReads = sock.isOrphaned() || (sock.shutdown() & Sock.RCV_SHUTDOWN) != 0;
        if (nobodyReads && hasNewData(sock, skb)) {
            counters.abortOnData.increment(cpu);
            replies.reset(sock.network, skb, cpu);
            skb.drop(reasons.closed, cpu);
            endings.reset(sock, cpu);
            return Disposition.RESET_SENT;
        }
        open.deliver(sock, skb, options, cpu);
        return Disposition.PROCESSED;
    }

    /// Nothing may follow the peer's FIN. What does is not answered; what it acknowledges counts.
    private Disposition afterFin(TcpSock sock, SkBuff skb, Cpu cpu) {
        boolean plain = SegmentControl.seq(skb) == SegmentControl.endSeq(skb);
        if (plain) {
            skb.consume(reasons.control, cpu);
        } else {
            skb.drop(reasons.closed, cpu);
        }
        open.answer(sock, cpu);
        return plain ? Disposition.PROCESSED : Disposition.DROPPED;
    }
}
