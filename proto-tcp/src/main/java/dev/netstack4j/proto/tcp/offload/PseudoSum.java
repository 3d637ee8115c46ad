package dev.netstack4j.proto.tcp.offload;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.proto.tcp.header.TcpHeader;

/// The sum over the pseudo-header, which depends on the length of the whole segment.
final class PseudoSum {
    private PseudoSum() {}

    /// Everything but the length.
    static int of(SkBuff skb, InetFamilyOps network) {
        return Checksum.add(network.addressSum(skb), IpProtocol.TCP);
    }

    /// Leaves the checksum of a segment to whoever comes last.
    ///
    /// @param length header and payload
    static void leavePartial(SkBuff skb, int sum, int length) {
        int at = skb.transportHeader();
        skb.put16(at + TcpHeader.CHECKSUM_AT, Checksum.add(sum, length));
        skb.checksumPartial(at, TcpHeader.CHECKSUM_AT);
    }
}
