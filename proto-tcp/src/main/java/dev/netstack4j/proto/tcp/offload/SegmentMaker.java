package dev.netstack4j.proto.tcp.offload;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;

/// Cuts a packet into the segments that it stands for.
@Linux("net/ipv4/tcp_offload.c#tcp_gso_segment")
final class SegmentMaker {
    /// Flags that only the last segment bears.
    private static final int LAST = TcpFlags.FIN | TcpFlags.PSH;
    /// Only the first one says that the window was reduced (CWR).
    private static final int FIRST = 0x80;

    private final InetFamilyOps network;
    private final ConsumeReason segmented;

    SegmentMaker(InetFamilyOps network, ConsumeReason segmented) {
        this.network = network;
        this.segmented = segmented;
    }

    boolean segment(SkBuff skb, boolean share, SkBuffQueue into, Cpu cpu) {
        int header = header(skb);
        if (header < TcpHeader.LENGTH) {
            return false;
        }
        int headers = skb.transportHeader() - skb.data() + header;
        int payload = skb.length() - headers;
        int mss = skb.gsoSize();
        int before = into.length();
        int sum = PseudoSum.of(skb, network);
        for (int done = 0; done < payload; done += mss) {
            int length = Math.min(mss, payload - done);
            SkBuff piece = skb.piece(headers, headers + done, length, share, cpu);
            if (piece == null) {
                giveBack(into, before, cpu);
                return false;
            }
            finish(piece, done, done + length == payload, sum, header + length);
            into.addTail(piece);
        }
        SkBuff last = into.peekTail();
        if (last == null || into.length() == before) {
            return false;
        }
        skb.passOwner(last);
        skb.consume(segmented, cpu);
        return true;
    }

    private static int header(SkBuff skb) {
        boolean fixed = skb.transportHeader() + TcpHeader.LENGTH <= skb.tail() && skb.gsoType() == GsoType.TCP4;
        int length = fixed ? TcpHeader.length(skb) : 0;
        return skb.gsoSize() > 0 && skb.transportHeader() + length <= skb.tail() ? length : 0;
    }

    private static void finish(SkBuff piece, int done, boolean last, int sum, int length) {
        int at = piece.transportHeader();
        piece.put32(at + 4, piece.get32(at + 4) + done);
        int cleared = (last ? 0 : LAST) | (done == 0 ? 0 : FIRST);
        piece.put8(at + 13, piece.get8(at + 13) & ~cleared);
        piece.gso(GsoType.NONE, 0, 0);
        PseudoSum.leavePartial(piece, sum, length);
    }

    private void giveBack(SkBuffQueue into, int before, Cpu cpu) {
        while (into.length() > before) {
            SkBuff piece = into.pollTail();
            if (piece != null) {
                piece.consume(segmented, cpu);
            }
        }
    }
}
