package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.output.OwedAck;
import dev.netstack4j.proto.tcp.output.WindowSelector;

/// Where received data goes: to the reader when it is next in sequence, else aside until the gap is filled.
@Rfc("9293#3.10.7.4")
@Linux("net/ipv4/tcp_input.c#tcp_data_queue")
public final class DataQueue {
    private static final int SMALL = 512;
    private final OutOfOrderQueue outOfOrder;
    private final Pruning pruning;
    private final AckPolicy acks;
    private final EcnReceiver ecn;
    private final TcpReasons reasons;
    private final TcpCounters counters;
    private final TcpSysctls sysctls;

    /// One per stack.
    public DataQueue(
            OutOfOrderQueue outOfOrder,
            Pruning pruning,
            AckPolicy acks,
            EcnReceiver ecn,
            TcpReasons reasons,
            TcpCounters counters,
            TcpSysctls sysctls) {
        this.outOfOrder = outOfOrder;
        this.pruning = pruning;
        this.acks = acks;
        this.ecn = ecn;
        this.reasons = reasons;
        this.counters = counters;
        this.sysctls = sysctls;
    }

    /// Takes a segment that lies in the window at least in part; its header is still in front. A FIN that is reached
    /// sets [ReceiveVars#finReceived].
    public void receive(TcpSock sock, SkBuff skb, int headerLength, Cpu cpu) {
        int seq = SegmentControl.seq(skb);
        int end = SegmentControl.endSeq(skb);
        if (seq == end) {
            skb.consume(reasons.control, cpu);
            return;
        }
        skb.pull(headerLength);
        ecn.data(sock, skb, cpu);
        if (seq == sock.rcv.nxt) {
            inOrder(sock, skb, cpu);
        } else if (!Seq.after(end, sock.rcv.nxt)) {
            old(sock, skb, seq, end, cpu);
        } else if (!Seq.before(seq, sock.rcv.nxt + sock.receiveWindow())) {
            ackAtOnce(sock);
            skb.drop(reasons.outOfWindow, cpu);
        } else if (Seq.before(seq, sock.rcv.nxt)) {
            SackReports.duplicate(sock, sysctls.dsack.get() != 0, seq, sock.rcv.nxt);
            AckPolicy.enterQuick(sock);
            inOrder(sock, skb, cpu);
        } else {
            outOfOrder.add(sock, skb, pruning, cpu);
            ackAtOnce(sock);
            WindowSelector.predict(sock.rcv, 0);
        }
    }

    private void old(TcpSock sock, SkBuff skb, int seq, int end, Cpu cpu) {
        SackReports.duplicate(sock, sysctls.dsack.get() != 0, seq, end);
        counters.dsackOldSent.increment(cpu);
        AckPolicy.enterQuick(sock);
        ackAtOnce(sock);
        skb.drop(reasons.oldData, cpu);
    }

    private static void ackAtOnce(TcpSock sock) {
        OwedAck.atOnce(sock.rcv);
    }

    private void inOrder(TcpSock sock, SkBuff skb, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        boolean data = skb.length() > 0;
        if (data && sock.receiveWindow() == 0) {
            ackAtOnce(sock);
            skb.drop(reasons.outOfWindow, cpu);
            return;
        }
        if (data && !pruning.makeRoom(sock, cpu)) {
            counters.rcvQDrop.increment(cpu);
            ackAtOnce(sock);
            skb.drop(reasons.receiveFull, cpu);
            return;
        }
        int payload = SegmentControl.longestSegment(skb, skb.length());
        append(sock, skb, cpu);
        if (payload > 0) {
            acks.dataReceived(sock, payload, cpu);
        }
        if (!rcv.outOfOrder.isEmpty()) {
            fillGap(sock, cpu);
        }
        if (rcv.sackBlocks > 0) {
            SackReports.advanced(sock);
        }
        Prediction.check(sock, sysctls.headerPrediction.get() != 0);
        if (payload > 0 && !sock.isOrphaned()) {
            sock.dataReady(cpu);
        }
    }

    private void fillGap(TcpSock sock, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        SkBuff skb = rcv.outOfOrder.peek();
        while (skb != null && Seq.atMost(SegmentControl.seq(skb), rcv.nxt)) {
            rcv.outOfOrder.unlink(skb);
            if (Seq.after(SegmentControl.endSeq(skb), rcv.nxt)) {
                skb.orphan(cpu);
                append(sock, skb, cpu);
            } else {
                skb.drop(reasons.duplicate, cpu);
            }
            skb = rcv.outOfOrder.peek();
        }
        // The sender waits for news about the gap (5681 4.2).
        ackAtOnce(sock);
    }

    /// The peer's numbers begin here.
    public static void begin(ReceiveVars rcv, int irs) {
        rcv.irs = irs;
        rcv.nxt = irs + 1;
    }

    /// Puts a segment behind the last one that the reader gets and advances RCV.NXT.
    void append(TcpSock sock, SkBuff skb, Cpu cpu) {
        int end = SegmentControl.endSeq(skb);
        boolean fin = SegmentControl.has(skb, TcpFlags.FIN);
        sock.rcv.nxt = end;
        if (fin) {
            sock.rcv.finReceived = true;
        }
        if (skb.length() == 0) {
            skb.consume(reasons.control, cpu);
        } else if (!coalesce(sock, skb, fin, cpu)) {
            SegmentControl.endSeq(skb, fin ? end - 1 : end);
            sock.context().ownerRead(skb);
            sock.receiveQueue().addTail(skb);
        }
    }

    /// Copies a small segment into the last one's spare room, so that tiny segments do not cost whole buffers.
    @Linux("net/ipv4/tcp_input.c#tcp_try_coalesce")
    private boolean coalesce(TcpSock sock, SkBuff skb, boolean fin, Cpu cpu) {
        int length = skb.length();
        if (length > SMALL) {
            return false;
        }
        SkBuff tail = sock.receiveQueue().peekTail();
        boolean fits = tail != null
                && tail.tailroom() >= length
                && SegmentControl.endSeq(tail) == SegmentControl.seq(skb)
                && skb.frags() == 0
                && !tail.isCloned();
        if (tail == null || !fits) {
            return false;
        }
        skb.memory().move(skb.dataAddress(), tail.addressOf(tail.put(length)), length);
        SegmentControl.endSeq(tail, SegmentControl.endSeq(skb) - (fin ? 1 : 0));
        counters.rcvCoalesce.increment(cpu);
        skb.consume(reasons.delivered, cpu);
        return true;
    }

    /// Whether a segment may be queued without any further question.
    boolean fitsQuickly(TcpSock sock, SkBuff skb) {
        return pruning.fits(sock, skb.truesize());
    }
}
