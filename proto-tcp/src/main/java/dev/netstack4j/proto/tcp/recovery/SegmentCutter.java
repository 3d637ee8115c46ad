package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;

/// Cuts queued packets that stand for several segments, without copying payload, and keeps the counts of segments.
@Linux("net/ipv4/tcp_output.c#tcp_fragment")
public final class SegmentCutter {
    private SegmentCutter() {}

    /// Leaves `length` bytes in `skb` and puts the rest, sharing the payload, behind it in `queue`. Counts of segments
    /// are the caller's.
    ///
    /// @return false when memory is short; nothing has changed then
    public static boolean share(TcpSock sock, SkBuffQueue queue, SkBuff skb, int length, Cpu cpu) {
        int before = skb.truesize();
        SkBuff rest = skb.split(length, sock.network.headroom() + TcpHeader.MAX_LENGTH, cpu);
        if (rest == null) {
            return false;
        }
        divideMarks(skb, rest, length);
        queue.addAfter(skb, rest);
        RetransmitQueue.charge(sock, rest.truesize() + skb.truesize() - before);
        return true;
    }

    /// Cuts a packet of the retransmit queue at `length` bytes; both parts bear its marks and are counted.
    ///
    /// @return false when memory is short or there is nothing to cut; nothing has changed then
    static boolean cutSent(TcpSock sock, SkBuff skb, int length, Cpu cpu) {
        int mss = skb.gsoSize();
        if (mss == 0 || length <= 0 || length >= skb.length()) {
            return false;
        }
        int before = SegmentControl.segments(skb);
        int type = skb.gsoType();
        if (!share(sock, sock.snd.retransmit, skb, length, cpu)) {
            return false;
        }
        recount(sock, skb, before, type, mss);
        return true;
    }

    /// Counts a packet of the retransmit queue anew, and the one behind it that was cut from it.
    ///
    /// @param before segments that both stood for
    public static void recount(TcpSock sock, SkBuff skb, int before, int type, int mss) {
        SkBuff rest = skb.next();
        SegmentControl.count(skb, type, mss);
        int now = SegmentControl.segments(skb);
        if (rest != null) {
            if (sock.snd.sentOrder.holds(skb)) {
                sock.snd.sentOrder.addAfter(skb, rest);
            }
            SegmentControl.count(rest, type, mss);
            now += SegmentControl.segments(rest);
        }
        changed(sock, skb, now - before);
    }

    /// A packet of the retransmit queue stands for `more` segments more.
    @Linux("net/ipv4/tcp_output.c#tcp_adjust_pcount")
    public static void changed(TcpSock sock, SkBuff skb, int more) {
        RecoveryVars rec = sock.rec;
        sock.snd.packetsOut += more;
        if (SegmentControl.has(skb, SegmentControl.LOST)) {
            rec.lostOut += more;
        }
        if (SegmentControl.has(skb, SegmentControl.RETRANSMITTED)) {
            rec.retransmittedOut += more;
        }
        if (SegmentControl.has(skb, SegmentControl.SACKED)) {
            rec.sackedOut += more;
        }
    }

    /// Gives each of two parts its sequence numbers; FIN and PSH go with the second.
    public static void divideMarks(SkBuff skb, SkBuff rest, int length) {
        int middle = SegmentControl.seq(skb) + length;
        SegmentControl.seq(rest, middle);
        SegmentControl.endSeq(rest, SegmentControl.endSeq(skb));
        SegmentControl.endSeq(skb, middle);
        SegmentControl.flags(rest, SegmentControl.flags(skb));
        SegmentControl.sentNanos(rest, SegmentControl.sentNanos(skb));
        SegmentControl.clear(skb, TcpFlags.FIN | TcpFlags.PSH);
    }
}
