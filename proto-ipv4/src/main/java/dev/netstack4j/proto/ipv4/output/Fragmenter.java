package dev.netstack4j.proto.ipv4.output;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import jakarta.inject.Inject;

/// Cuts packets that are longer than the path allows. A packet that consists of pieces of fitting length (as reassembly
/// makes them) is cut between its pieces without copying; any other is copied into new packets.
@Rfc("791#3.2")
@Linux("net/ipv4/ip_output.c#ip_do_fragment")
public final class Fragmenter {
    private final PieceCutter pieces;
    private final FragmentCopier copier;
    private final IpCounters counters;
    private final IpReasons reasons;

    /// Over both ways of cutting.
    @Inject
    public Fragmenter(PieceCutter pieces, FragmentCopier copier, IpCounters counters, IpReasons reasons) {
        this.pieces = pieces;
        this.copier = copier;
        this.counters = counters;
        this.reasons = reasons;
    }

    /// Sends a packet in fragments; takes the skb, network header first.
    ///
    /// @return 0, a result of the device queue, or the negative error of the fragment that failed; EMSGSIZE with DF
    int fragment(SkBuff skb, int mtu, Cpu cpu) {
        int at = skb.networkHeader();
        int headerLength = Ipv4Header.headerLength(skb, at);
        if ((Ipv4Header.fragmentWord(skb, at) & Ipv4Header.DF) != 0 || mtu < headerLength + 8) {
            return fail(skb, reasons.tooBig, Errno.EMSGSIZE, cpu);
        }
        if (skb.checksumState() == ChecksumState.PARTIAL && !completeChecksum(skb, cpu)) {
            return fail(skb, reasons.noMemory, Errno.ENOMEM, cpu);
        }
        int result = PieceCutter.fits(skb, headerLength, mtu)
                ? pieces.send(skb, headerLength, cpu)
                : copier.send(skb, headerLength, mtu, cpu);
        (result < 0 ? counters.fragFails : counters.fragOk).increment(cpu);
        return result;
    }

    private int fail(SkBuff skb, DropReason reason, Errno errno, Cpu cpu) {
        counters.fragFails.increment(cpu);
        skb.drop(reason, cpu);
        return errno.negative();
    }

    /// The device would sum over one fragment only: do it now over all.
    @Linux("net/core/dev.c#skb_checksum_help")
    private static boolean completeChecksum(SkBuff skb, Cpu cpu) {
        if (!skb.makeHeadWritable(skb.headroom(), cpu)) {
            return false;
        }
        int from = skb.csumStart() - skb.data();
        int sum = Checksum.finish(skb.sum(from, skb.length() - from));
        skb.put16(skb.csumStart() + skb.csumOffset(), sum == 0 ? 0xFFFF : sum);
        skb.checksumState(ChecksumState.NONE);
        return true;
    }
}
