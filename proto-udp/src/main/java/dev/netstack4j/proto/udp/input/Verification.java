package dev.netstack4j.proto.udp.input;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.proto.udp.header.UdpHeader;

/// Is the checksum of a received datagram right?
@Rfc({"768", "1122#4.1.3.4"})
@Linux("net/ipv4/udp.c#udp4_csum_init")
final class Verification {
    private Verification() {}

    /// Checks a datagram.
    ///
    /// @param at         buffer offset of its header
    /// @param length     bytes of header and data
    /// @param addressSum sum of both addresses
    static boolean isRight(SkBuff skb, int at, int length, int addressSum) {
        // A packet that never left this host may still have its checksum to be made.
        if (UdpHeader.checksum(skb, at) == 0
                || skb.checksumState() == ChecksumState.UNNECESSARY
                || skb.checksumState() == ChecksumState.PARTIAL) {
            return true;
        }
        int pseudo = Checksum.fold(addressSum + IpProtocol.UDP + length);
        // The IP header itself sums to zero, so the sum from there on is the datagram's, if nothing follows it.
        if (skb.checksumState() == ChecksumState.COMPLETE
                && length == skb.length()
                && Checksum.add(skb.csum(), pseudo) == 0xFFFF) {
            return true;
        }
        return Checksum.add(skb.sum(0, length), pseudo) == 0xFFFF;
    }
}
