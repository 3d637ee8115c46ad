package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.recovery.RetransmitQueue;
import dev.netstack4j.proto.tcp.recovery.SegmentCutter;

/// Cuts a queued segment in two when the segment size or the window has become smaller.
@Linux("net/ipv4/tcp_output.c#tcp_fragment")
public final class Splitter {
    private final Transmitter transmitter;

    /// One per stack.
    public Splitter(Transmitter transmitter) {
        this.transmitter = transmitter;
    }

    /// Leaves `length` bytes in `skb` and puts the rest behind it in `queue`: copied where all lies in one piece, so
    /// that both stay so, else sharing the payload. Counts of segments are the caller's.
    ///
    /// @return false when memory is short; nothing has changed then
    public boolean split(TcpSock sock, SkBuffQueue queue, SkBuff skb, int length, Cpu cpu) {
        if (skb.frags() > 0) {
            return SegmentCutter.share(sock, queue, skb, length, cpu);
        }
        int restLength = skb.length() - length;
        SkBuff rest = transmitter.allocate(sock, restLength, cpu);
        if (rest == null) {
            return false;
        }
        skb.memory().move(skb.addressAt(length), rest.addressOf(rest.put(restLength)), restLength);
        int before = skb.truesize();
        skb.trim(length, cpu);
        SegmentCutter.divideMarks(skb, rest, length);
        queue.addAfter(skb, rest);
        RetransmitQueue.charge(sock, rest.truesize() + skb.truesize() - before);
        return true;
    }
}
