package dev.netstack4j.nic.igb;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.runtime.Cpu;

/// Completes a checksum that the device cannot: it knows those of TCP and UDP behind headers of usual length.
final class SoftwareChecksum {
    private SoftwareChecksum() {}

    /// Writes the checksum that the packet asks for.
    ///
    /// @return false when memory was short or the field is not in the linear area
    static boolean complete(SkBuff skb, Cpu cpu) {
        int field = skb.csumStart() + skb.csumOffset() - skb.data();
        if (field < 0 || field + 2 > skb.headLength() || !skb.makeHeadWritable(0, cpu)) {
            return false;
        }
        int start = skb.csumStart() - skb.data();
        int sum = Checksum.finish(skb.sum(start, skb.length() - start));
        skb.put16(skb.csumStart() + skb.csumOffset(), sum == 0 ? 0xFFFF : sum);
        skb.checksumState(ChecksumState.NONE);
        return true;
    }
}
