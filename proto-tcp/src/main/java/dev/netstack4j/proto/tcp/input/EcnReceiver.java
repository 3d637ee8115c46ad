package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.congestion.CongestionControl.Event;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.congestion.CongestionWindow;
import dev.netstack4j.proto.tcp.congestion.EcnEcho;
import dev.netstack4j.proto.tcp.control.EcnVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.output.ControlSegments;
import dev.netstack4j.proto.tcp.output.OwedAck;

/// Marks of congestion on received data: they are echoed until the peer says that it has reduced its window, or as the
/// algorithm wants it.
@Rfc({"3168#6.1.3", "8257#3.2"})
@Linux("net/ipv4/tcp_input.c#__tcp_ecn_check_ce")
public final class EcnReceiver {
    private static final int QUICK = 2;
    private final ControlSegments control;

    /// One per stack.
    EcnReceiver(ControlSegments control) {
        this.control = control;
    }

    /// Data in the window came and is not yet counted as received.
    void data(TcpSock sock, SkBuff skb, Cpu cpu) {
        EcnVars ecn = sock.ecn;
        if (!ecn.agreed) {
            return;
        }
        if (SegmentControl.has(skb, TcpFlags.CWR)) {
            reduced(sock, skb);
        }
        if (!SegmentControl.has(skb, SegmentControl.CAPABLE)) {
            // A retransmission, probably: acknowledge soon (Linux).
            if (ecn.seen) {
                AckPolicy.enterQuick(sock, QUICK);
            }
            return;
        }
        ecn.seen = true;
        boolean marked = SegmentControl.has(skb, SegmentControl.MARKED);
        if (ecn.byMarks) {
            tell(sock, marked ? Event.MARKED : Event.UNMARKED, cpu);
        }
        if (marked && !ecn.echo) {
            AckPolicy.enterQuick(sock, QUICK);
            EcnEcho.on(ecn);
        }
    }

    @Linux("net/ipv4/tcp_input.c#tcp_ecn_accept_cwr")
    private static void reduced(TcpSock sock, SkBuff skb) {
        EcnEcho.off(sock.ecn);
        if (SegmentControl.seq(skb) != SegmentControl.endSeq(skb)) {
            OwedAck.atOnce(sock.rcv);
        }
    }

    /// The algorithm may want an acknowledgement with the echo of before.
    private void tell(TcpSock sock, Event event, Cpu cpu) {
        boolean before = sock.ecn.echo;
        CongestionWindow.tell(sock, event, cpu);
        if (!sock.cc.acknowledgeReceived) {
            return;
        }
        sock.cc.acknowledgeReceived = false;
        boolean after = sock.ecn.echo;
        if (sock.rcv.ackPending && sock.rcv.nxt != sock.rcv.wup) {
            EcnEcho.set(sock.ecn, before);
            control.sendAck(sock, cpu);
            EcnEcho.set(sock.ecn, after);
        }
        OwedAck.atOnce(sock.rcv);
    }
}
