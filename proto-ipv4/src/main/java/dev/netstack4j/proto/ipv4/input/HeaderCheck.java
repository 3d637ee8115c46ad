package dev.netstack4j.proto.ipv4.input;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import jakarta.inject.Inject;

/// Is this a whole IPv4 packet? One drop reason per cause; padding behind the packet is cut off.
@Rfc("1122#3.2.1")
@Linux("net/ipv4/ip_input.c#ip_rcv_core")
public final class HeaderCheck {
    private final IpCounters counters;
    private final IpReasons reasons;

    /// Counts in `counters`.
    @Inject
    public HeaderCheck(IpCounters counters, IpReasons reasons) {
        this.counters = counters;
        this.reasons = reasons;
    }

    /// Checks a packet, its header first; a bad one is dropped.
    ///
    /// @return whether it is good and still the caller's
    boolean pass(SkBuff skb, Cpu cpu) {
        counters.inReceives.increment(cpu);
        counters.inOctets.add(cpu, skb.length());
        if (skb.kind() == PacketKind.OTHERHOST) {
            skb.drop(reasons.otherHost, cpu);
            return false;
        }
        if (!skb.mayPull(Ipv4Header.LENGTH, cpu)) {
            return bad(skb, counters.inHeaderErrors, reasons.shortHeader, cpu);
        }
        int at = skb.data();
        int headerLength = Ipv4Header.headerLength(skb, at);
        if (Ipv4Header.version(skb, at) != 4) {
            return bad(skb, counters.inHeaderErrors, reasons.version, cpu);
        }
        if (headerLength < Ipv4Header.LENGTH) {
            return bad(skb, counters.inHeaderErrors, reasons.headerLength, cpu);
        }
        if (!skb.mayPull(headerLength, cpu)) {
            return bad(skb, counters.inHeaderErrors, reasons.shortHeader, cpu);
        }
        return passWhole(skb, headerLength, cpu);
    }

    private boolean passWhole(SkBuff skb, int headerLength, Cpu cpu) {
        // Pulling may have moved the bytes.
        int at = skb.data();
        if (!Ipv4Header.isChecksumRight(skb, at, headerLength)) {
            counters.inChecksumErrors.increment(cpu);
            return bad(skb, counters.inHeaderErrors, reasons.checksum, cpu);
        }
        int total = Ipv4Header.totalLength(skb, at);
        if (skb.length() < total) {
            return bad(skb, counters.inTruncated, reasons.truncated, cpu);
        }
        if (total < headerLength) {
            return bad(skb, counters.inHeaderErrors, reasons.length, cpu);
        }
        if (skb.length() > total) {
            trim(skb, total, cpu);
        }
        skb.resetNetworkHeader();
        skb.transportHeader(at + headerLength);
        skb.clearControl();
        return true;
    }

    /// A sum over the whole frame says nothing about what is left of it.
    @Linux("include/linux/skbuff.h#pskb_trim_rcsum")
    private static void trim(SkBuff skb, int total, Cpu cpu) {
        skb.trim(total, cpu);
        if (skb.checksumState() == ChecksumState.COMPLETE) {
            skb.checksumState(ChecksumState.NONE);
        }
    }

    private static boolean bad(SkBuff skb, Counter counter, DropReason reason, Cpu cpu) {
        counter.increment(cpu);
        skb.drop(reason, cpu);
        return false;
    }
}
