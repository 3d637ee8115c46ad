package dev.netstack4j.proto.ipv4.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.header.Ipv4Options;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// The slow way of fragmenting: new packets into which the bytes are copied.
@Linux("net/ipv4/ip_output.c#ip_frag_next")
public final class FragmentCopier {
    private static final int HEADROOM = 64;

    private final SkBuffPool pool;
    private final LastStep lastStep;
    private final IpCounters counters;
    private final IpReasons reasons;

    /// Makes fragments from the pool.
    @Inject
    public FragmentCopier(SkBuffPool pool, LastStep lastStep, IpCounters counters, IpReasons reasons) {
        this.pool = pool;
        this.lastStep = lastStep;
        this.counters = counters;
        this.reasons = reasons;
    }

    /// Sends the packet's bytes in fragments; takes the skb.
    int send(SkBuff skb, int headerLength, int mtu, Cpu cpu) {
        counters.fragSlowPath.increment(cpu);
        int most = mtu - headerLength & ~7;
        int at = headerLength;
        int result = 0;
        while (at < skb.length() && result >= 0) {
            int length = Math.min(most, skb.length() - at);
            SkBuff fragment = make(skb, headerLength, at, length, cpu);
            if (fragment == null) {
                skb.drop(reasons.noMemory, cpu);
                return Errno.ENOMEM.negative();
            }
            at += length;
            result = lastStep.send(fragment, cpu);
            counters.fragCreates.increment(cpu);
        }
        skb.consume(reasons.fragmented, cpu);
        return result;
    }

    private @Nullable SkBuff make(SkBuff skb, int headerLength, int at, int length, Cpu cpu) {
        SkBuff fragment = pool.alloc(HEADROOM + headerLength + length, cpu);
        if (fragment == null) {
            return null;
        }
        fragment.reserve(HEADROOM);
        fragment.resetNetworkHeader();
        int header = fragment.put(headerLength);
        skb.read(0, pool.memory().segment(), fragment.addressOf(header), headerLength);
        skb.read(at, pool.memory().segment(), fragment.addressOf(fragment.put(length)), length);
        finishHeader(skb, fragment, headerLength, at, length);
        copyMetadata(skb, fragment);
        return fragment;
    }

    private static void finishHeader(SkBuff skb, SkBuff fragment, int headerLength, int at, int length) {
        int header = fragment.networkHeader();
        // What is cut may itself be a fragment that is forwarded.
        int word = Ipv4Header.fragmentWord(skb, skb.networkHeader());
        boolean more = at + length < skb.length() || (word & Ipv4Header.MF) != 0;
        int offset = (word & Ipv4Header.OFFSET) + (at - headerLength >> 3);
        if (at > headerLength) {
            Ipv4Options.blankUncopied(fragment, header, headerLength);
        }
        Ipv4Header.rewrite(fragment, header, headerLength, headerLength + length, (more ? Ipv4Header.MF : 0) | offset);
    }

    @Linux("net/ipv4/ip_output.c#ip_copy_metadata")
    private static void copyMetadata(SkBuff from, SkBuff to) {
        to.dst(from.dst());
        to.dev(from.dev());
        to.kind(from.kind());
        to.protocol(from.protocol());
        to.priority(from.priority());
        to.mark(from.mark());
        to.hash(from.hash(), false);
        to.cb(0, from.cb(0));
    }
}
