package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.recovery.RetransmitQueue;

/// Cuts a queued segment in two when the segment size or the window has become smaller.
@Linux("net/ipv4/tcp_output.c#tcp_fragment")
public final class Splitter {
    private final Transmitter transmitter;

    /// One per stack.
    public Splitter(Transmitter transmitter) {
        this.transmitter = transmitter;
    }

    /// Leaves `length` bytes in `skb` and puts the rest behind it in `queue`, copied, so that both stay linear. Counts
    /// of packets are the caller's.
    ///
    /// @return false when memory is short; nothing has changed then
    public boolean split(TcpSock sock, SkBuffQueue queue, SkBuff skb, int length, Cpu cpu) {
        int restLength = skb.length() - length;
        SkBuff rest = transmitter.allocate(sock, restLength, cpu);
        if (rest == null) {
            return false;
        }
        skb.memory().move(skb.addressAt(length), rest.addressOf(rest.put(restLength)), restLength);
        int before = skb.truesize();
        skb.trim(length, cpu);
        divideMarks(skb, rest, length);
        queue.addAfter(skb, rest);
        RetransmitQueue.charge(sock, rest.truesize() + skb.truesize() - before);
        return true;
    }

    private static void divideMarks(SkBuff skb, SkBuff rest, int length) {
        int middle = SegmentControl.seq(skb) + length;
        SegmentControl.seq(rest, middle);
        SegmentControl.endSeq(rest, SegmentControl.endSeq(skb));
        SegmentControl.endSeq(skb, middle);
        SegmentControl.flags(rest, SegmentControl.flags(skb));
        SegmentControl.sentNanos(rest, SegmentControl.sentNanos(skb));
        SegmentControl.clear(skb, TcpFlags.FIN | TcpFlags.PSH);
    }
}
