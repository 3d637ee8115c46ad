package dev.netstack4j.proto.tcp.offload;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.protocol.PacketOffload.GroResult;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import org.jspecify.annotations.Nullable;

/// Merges received segments of a connection: each must continue the one before it, be as long (only the last may be
/// shorter) and bear the same acknowledgement, window and options. What sets a flag but ACK, PSH and ECE, bears no data
/// or has a wrong checksum goes its way alone.
@Linux("net/ipv4/tcp_offload.c#tcp_gro_receive")
final class SegmentMerger {
    private static final int MOST_PACKET = 65535;
    private static final int MERGEABLE = TcpFlags.ACK | TcpFlags.PSH | TcpFlags.ECE;
    private static final int ALL_FLAGS = 0x1FF;
    private static final int PSH_IN_WORD = TcpFlags.PSH << 16;

    private final ConsumeReason merged;

    SegmentMerger(ConsumeReason merged) {
        this.merged = merged;
    }

    /// Looks at a segment.
    ///
    /// @return a number of its flow, or 0 when the segment is not to be merged
    static int flow(SkBuff skb, InetFamilyOps network) {
        int at = skb.transportHeader();
        if (at + TcpHeader.LENGTH > skb.tail()) {
            return 0;
        }
        int header = TcpHeader.length(skb);
        int flags = TcpHeader.word3(skb) >>> 16 & ALL_FLAGS;
        boolean plain = (flags & ~MERGEABLE) == 0 && (flags & TcpFlags.ACK) != 0;
        if (!plain || header < TcpHeader.LENGTH || at + header > skb.tail() || payload(skb, header) <= 0) {
            return 0;
        }
        return isRight(skb, network) ? skb.get32(at) | 1 : 0;
    }

    private static int payload(SkBuff skb, int header) {
        return skb.length() - (skb.transportHeader() - skb.data()) - header;
    }

    private static boolean isRight(SkBuff skb, InetFamilyOps network) {
        if (skb.checksumState() == ChecksumState.UNNECESSARY) {
            return true;
        }
        int from = skb.transportHeader() - skb.data();
        int length = skb.length() - from;
        int sum = Checksum.add(PseudoSum.of(skb, network), length);
        if (Checksum.add(sum, skb.sum(from, length)) != 0xFFFF) {
            return false;
        }
        skb.checksumState(ChecksumState.UNNECESSARY);
        return true;
    }

    GroResult receive(@Nullable SkBuff held, SkBuff skb, Cpu cpu) {
        int header = TcpHeader.length(skb);
        boolean push = (TcpHeader.flags(skb) & TcpFlags.PSH) != 0;
        if (held == null) {
            return push ? GroResult.PASS : GroResult.HOLD;
        }
        if (held.get32(held.transportHeader()) != skb.get32(skb.transportHeader())) {
            return GroResult.OTHER;
        }
        int size = held.gsoSize() == 0 ? payload(held, TcpHeader.length(held)) : held.gsoSize();
        int length = payload(skb, header);
        boolean joins = length <= size && continues(held, skb, header) && held.length() + length <= MOST_PACKET;
        int skip = skb.transportHeader() - skb.data() + header;
        if (!joins || !held.absorb(skb, skip, merged, cpu)) {
            return push ? GroResult.PASS : GroResult.HOLD;
        }
        held.gso(GsoType.TCP4, size, Math.max(1, held.gsoSegments()) + 1);
        if (push) {
            held.put8(held.transportHeader() + 13, TcpHeader.flags(held) | TcpFlags.PSH);
        }
        return push || length < size ? GroResult.MERGED_LAST : GroResult.MERGED;
    }

    private static boolean continues(SkBuff held, SkBuff skb, int header) {
        int a = held.transportHeader();
        int b = skb.transportHeader();
        boolean next = TcpHeader.seq(held) + payload(held, TcpHeader.length(held)) == TcpHeader.seq(skb);
        boolean sameWords =
                held.get32(a + 8) == skb.get32(b + 8) && ((held.get32(a + 12) ^ skb.get32(b + 12)) & ~PSH_IN_WORD) == 0;
        if (!next || !sameWords) {
            return false;
        }
        for (int i = TcpHeader.LENGTH; i < header; i += 4) {
            if (held.get32(a + i) != skb.get32(b + i)) {
                return false;
            }
        }
        return true;
    }
}
