package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;

/// Holds segments beyond RCV.NXT, sorted by sequence number. Bounded by the receive buffer.
@Linux("net/ipv4/tcp_input.c#tcp_data_queue_ofo")
public final class OutOfOrderQueue {
    private final TcpReasons reasons;
    private final TcpCounters counters;
    private final TcpSysctls sysctls;

    /// One per stack.
    public OutOfOrderQueue(TcpReasons reasons, TcpCounters counters, TcpSysctls sysctls) {
        this.reasons = reasons;
        this.counters = counters;
        this.sysctls = sysctls;
    }

    /// Takes a segment without its header.
    void add(TcpSock sock, SkBuff skb, Pruning pruning, Cpu cpu) {
        if (!pruning.makeRoomBehindGap(sock, cpu)) {
            counters.ofoDrop.increment(cpu);
            skb.drop(reasons.outOfOrderFull, cpu);
            return;
        }
        sock.rcv.outOfOrderSegments += SegmentControl.segments(skb);
        int seq = SegmentControl.seq(skb);
        int end = SegmentControl.endSeq(skb);
        SkBuffQueue queue = sock.rcv.outOfOrder;
        SkBuff before = placeBefore(queue, seq);
        if (before != null && Seq.atMost(end, SegmentControl.endSeq(before))) {
            duplicate(sock, skb, seq, end, cpu);
            return;
        }
        counters.ofoQueue.increment(cpu);
        insert(queue, before, skb);
        sock.context().ownerRead(skb);
        removeCovered(sock, skb, end, cpu);
        SackReports.arrived(sock, seq, end);
    }

    private void duplicate(TcpSock sock, SkBuff skb, int seq, int end, Cpu cpu) {
        counters.ofoMerge.increment(cpu);
        SackReports.arrived(sock, seq, end);
        SackReports.duplicate(sock, sysctls.dsack.get() != 0, seq, end);
        skb.drop(reasons.duplicate, cpu);
    }

    /// The last segment that does not begin behind `seq`.
    private static @org.jspecify.annotations.Nullable SkBuff placeBefore(SkBuffQueue queue, int seq) {
        SkBuff at = queue.peekTail();
        while (at != null && Seq.after(SegmentControl.seq(at), seq)) {
            at = at.prev();
        }
        return at;
    }

    private static void insert(SkBuffQueue queue, @org.jspecify.annotations.Nullable SkBuff before, SkBuff skb) {
        if (before == null) {
            queue.addHead(skb);
        } else {
            queue.addAfter(before, skb);
        }
    }

    private void removeCovered(TcpSock sock, SkBuff skb, int end, Cpu cpu) {
        SkBuff next = skb.next();
        while (next != null && Seq.atMost(SegmentControl.endSeq(next), end)) {
            sock.rcv.outOfOrder.unlink(next);
            counters.ofoMerge.increment(cpu);
            next.drop(reasons.duplicate, cpu);
            next = skb.next();
        }
    }

    /// Gives up what lies furthest behind the gap, an eighth of the buffer at a time, until there is room. The sender
    /// will send it again: reports are forgotten.
    @Linux("net/ipv4/tcp_input.c#tcp_prune_ofo_queue")
    void prune(TcpSock sock, Pruning pruning, Cpu cpu) {
        SkBuffQueue queue = sock.rcv.outOfOrder;
        if (queue.isEmpty()) {
            return;
        }
        counters.ofoPruned.increment(cpu);
        int part = sock.settings().receiveBuffer >> 3;
        while (!queue.isEmpty() && !pruning.fits(sock, 0)) {
            int goal = Math.max(0, sock.context().readAllocated() - part);
            SkBuff last = queue.pollTail();
            while (last != null) {
                last.drop(reasons.outOfOrderFull, cpu);
                last = sock.context().readAllocated() > goal ? queue.pollTail() : null;
            }
        }
        sock.rcv.sackBlocks = 0;
    }
}
