package dev.netstack4j.proto.ipv4.fragment;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Makes one packet of a complete row of fragments: the later ones' bytes become fragments of the first without
/// copying. Where an skb cannot hold so many pieces, they are copied into one page behind the first.
@Linux("net/ipv4/ip_fragment.c#ip_frag_reasm")
public final class Assembler {
    private final ConsumeReason reassembled;
    private final DropReason noMemory;
    private final DropReason bad;

    /// Ends fragments with these reasons.
    @Inject
    public Assembler(IpReasons reasons) {
        reassembled = reasons.reassembled;
        noMemory = reasons.noMemory;
        bad = reasons.fragmentBad;
    }

    /// Joins the fragments, which begin at 0 and leave no gap; empties the queue.
    ///
    /// @return the packet, network header first; null when it would be too long or memory is short: all are dropped
    ///     then
    @Nullable
    SkBuff join(SkBuffQueue fragments, int payloadLength, Cpu cpu) {
        SkBuff first = fragments.poll();
        if (first == null) {
            return null;
        }
        int headerLength = Ipv4Header.headerLength(first, first.networkHeader());
        int total = headerLength + payloadLength;
        if (total > Ipv4Header.MOST_PACKET) {
            return give(first, fragments, bad, cpu);
        }
        if (!first.makeHeadWritable(first.headroom(), cpu) || !append(first, fragments, cpu)) {
            return give(first, fragments, noMemory, cpu);
        }
        Ipv4Header.rewrite(first, first.networkHeader(), headerLength, total, 0);
        first.checksumState(ChecksumState.NONE);
        return first;
    }

    private static @Nullable SkBuff give(SkBuff first, SkBuffQueue fragments, DropReason reason, Cpu cpu) {
        first.drop(reason, cpu);
        fragments.dropAll(reason, cpu);
        return null;
    }

    private boolean append(SkBuff first, SkBuffQueue fragments, Cpu cpu) {
        if (piecesIn(first, fragments) <= SkBuff.MAX_FRAGS) {
            for (SkBuff f = fragments.poll(); f != null; f = fragments.poll()) {
                first.absorb(f, Ipv4Header.headerLength(f, f.networkHeader()), reassembled, cpu);
            }
            return true;
        }
        return copyBehind(first, fragments, cpu);
    }

    private static int piecesIn(SkBuff first, SkBuffQueue fragments) {
        int pieces = first.frags();
        for (SkBuff f = fragments.peek(); f != null; f = f.next()) {
            pieces += f.frags() + 1;
        }
        return pieces;
    }

    /// One page of 64 KiB holds what can follow the first fragment.
    private boolean copyBehind(SkBuff first, SkBuffQueue fragments, Cpu cpu) {
        if (!first.addFragPage(Ipv4Header.MOST_PACKET, cpu)) {
            return false;
        }
        for (SkBuff f = fragments.poll(); f != null; f = fragments.poll()) {
            int skip = Ipv4Header.headerLength(f, f.networkHeader());
            int length = f.length() - skip;
            long to = first.appendToFrag(length);
            f.read(skip, first.memory().segment(), to, length);
            f.consume(reassembled, cpu);
        }
        return true;
    }
}
