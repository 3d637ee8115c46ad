package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.output.WindowSelector;
import org.jspecify.annotations.Nullable;

/// Copies neighbouring segments that are mostly overhead together into packets that are mostly data.
@Linux("net/ipv4/tcp_input.c#tcp_collapse")
final class Collapser {
    private static final int ROOM = 4096;
    private final SkBuffPool pool;
    private final TcpReasons reasons;
    private final TcpCounters counters;

    Collapser(SkBuffPool pool, TcpReasons reasons, TcpCounters counters) {
        this.pool = pool;
        this.reasons = reasons;
        this.counters = counters;
    }

    /// Goes through a queue of received segments, sorted and without their headers, each charged to the socket.
    void collapse(TcpSock sock, SkBuffQueue queue, Cpu cpu) {
        SkBuff into = null;
        SkBuff skb = queue.peek();
        while (skb != null) {
            SkBuff next = skb.next();
            if (into != null && follows(into, skb) && skb.length() <= into.tailroom()) {
                move(queue, skb, into, cpu);
            } else {
                into = isWorthIt(skb, next) ? begin(sock, queue, skb, cpu) : null;
            }
            skb = next;
        }
    }

    private static boolean follows(SkBuff before, SkBuff skb) {
        return SegmentControl.endSeq(before) == SegmentControl.seq(skb) && mayMove(skb);
    }

    private static boolean mayMove(SkBuff skb) {
        return !SegmentControl.has(skb, TcpFlags.FIN | TcpFlags.SYN);
    }

    /// Less than half of it is data, and more can be put behind that.
    private static boolean isWorthIt(SkBuff skb, @Nullable SkBuff next) {
        return next != null
                && mayMove(skb)
                && follows(skb, next)
                && skb.length() + next.length() <= ROOM
                && WindowSelector.fromSpace(skb.truesize()) > skb.length();
    }

    private @Nullable SkBuff begin(TcpSock sock, SkBuffQueue queue, SkBuff skb, Cpu cpu) {
        SkBuff made = pool.alloc(ROOM, cpu);
        if (made == null) {
            return null;
        }
        SegmentControl.seq(made, SegmentControl.seq(skb));
        SegmentControl.endSeq(made, SegmentControl.seq(skb));
        SegmentControl.flags(made, SegmentControl.flags(skb));
        sock.context().ownerRead(made);
        queue.addAfter(skb, made);
        move(queue, skb, made, cpu);
        return made;
    }

    private void move(SkBuffQueue queue, SkBuff skb, SkBuff into, Cpu cpu) {
        int length = skb.length();
        long to = into.addressOf(into.put(length));
        for (int at = 0; at < length; at += skb.runAt(at)) {
            skb.memory().move(skb.addressAt(at), to + at, skb.runAt(at));
        }
        SegmentControl.endSeq(into, SegmentControl.endSeq(into) + length);
        counters.rcvCollapsed.increment(cpu);
        queue.unlink(skb);
        skb.consume(reasons.collapsed, cpu);
    }
}
