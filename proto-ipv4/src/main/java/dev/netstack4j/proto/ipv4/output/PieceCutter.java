package dev.netstack4j.proto.ipv4.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.header.Ipv4Options;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// The fast way of fragmenting: a packet that consists of pieces which each fit is cut between them, so that payload
/// bytes stay where they are.
@Linux("net/ipv4/ip_output.c#ip_fraglist_prepare")
public final class PieceCutter {
    private static final int HEADROOM = 64;

    private final LastStep lastStep;
    private final IpCounters counters;
    private final IpReasons reasons;

    /// Over the last step.
    @Inject
    public PieceCutter(LastStep lastStep, IpCounters counters, IpReasons reasons) {
        this.lastStep = lastStep;
        this.counters = counters;
        this.reasons = reasons;
    }

    /// Whether a packet's own pieces may be its fragments: each but the last a multiple of 8 bytes, none too long.
    static boolean fits(SkBuff skb, int headerLength, int mtu) {
        int first = skb.headLength() - headerLength;
        if (skb.frags() == 0 || first <= 0 || first + headerLength > mtu || first % 8 != 0) {
            return false;
        }
        for (int i = 0; i < skb.frags(); i++) {
            int length = skb.fragLength(i);
            if (length + headerLength > mtu || i < skb.frags() - 1 && length % 8 != 0) {
                return false;
            }
        }
        return true;
    }

    /// Sends the pieces; takes the skb, for which [#fits] holds.
    int send(SkBuff skb, int headerLength, Cpu cpu) {
        counters.fragFastPath.increment(cpu);
        int word = Ipv4Header.fragmentWord(skb, skb.networkHeader());
        int offset = word & Ipv4Header.OFFSET;
        int payload = skb.headLength() - headerLength;
        SkBuff piece = skb;
        boolean first = true;
        while (true) {
            boolean last = headerLength + payload == piece.length();
            SkBuff rest = last ? null : piece.split(headerLength + payload, HEADROOM + headerLength, cpu);
            if (rest == null && !last || !piece.makeHeadWritable(HEADROOM, cpu)) {
                return outOfMemory(piece, rest, cpu);
            }
            if (rest != null) {
                copyHeader(piece, rest, headerLength, first);
            }
            int flags = last && (word & Ipv4Header.MF) == 0 ? 0 : Ipv4Header.MF;
            Ipv4Header.rewrite(piece, piece.networkHeader(), headerLength, headerLength + payload, flags | offset);
            int result = lastStep.send(piece, cpu);
            counters.fragCreates.increment(cpu);
            if (rest == null) {
                return result;
            }
            if (result < 0) {
                rest.drop(reasons.fragmentRest, cpu);
                return result;
            }
            offset += payload >> 3;
            payload = rest.fragLength(0);
            piece = rest;
            first = false;
        }
    }

    /// Gives the rest a header, while the piece before it is still there.
    private static void copyHeader(SkBuff piece, SkBuff rest, int headerLength, boolean first) {
        int at = rest.push(headerLength);
        rest.resetNetworkHeader();
        rest.memory().move(piece.addressOf(piece.networkHeader()), rest.addressOf(at), headerLength);
        if (first) {
            Ipv4Options.blankUncopied(rest, at, headerLength);
        }
    }

    private int outOfMemory(SkBuff piece, @Nullable SkBuff rest, Cpu cpu) {
        piece.drop(reasons.noMemory, cpu);
        if (rest != null) {
            rest.drop(reasons.noMemory, cpu);
        }
        return Errno.ENOMEM.negative();
    }
}
