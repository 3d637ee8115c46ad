package dev.netstack4j.api.link;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;

/// The Ethernet header.
///
/// ```
/// 0           6           12        14
/// destination | source    | type    | payload
/// ```
public final class EthernetHeader {
    /// Bytes of the header.
    public static final int LENGTH = 14;
    /// Smallest frame without FCS.
    public static final int LEAST_FRAME = 60;

    private EthernetHeader() {}

    /// Destination of the header at buffer offset `at`.
    public static long destination(SkBuff skb, int at) {
        return skb.get64(at) >>> 16;
    }

    /// Source of the header at buffer offset `at`.
    public static long source(SkBuff skb, int at) {
        return (skb.get64(at + 6) >>> 16);
    }

    /// Type or length field of the header at buffer offset `at`.
    public static int type(SkBuff skb, int at) {
        return skb.get16(at + 12);
    }

    /// Writes a header at buffer offset `at`.
    public static void write(SkBuff skb, int at, long destination, long source, int etherType) {
        skb.put32(at, (int) (destination >>> 16));
        skb.put16(at + 4, (int) destination);
        skb.put16(at + 6, (int) (source >>> 32));
        skb.put32(at + 8, (int) source);
        skb.put16(at + 12, etherType);
    }

    /// What a driver does with a received frame of at least [#LENGTH] linear bytes: marks the link-layer header, pulls
    /// it, sets device, kind and protocol.
    ///
    /// @return the protocol
    @Linux("net/ethernet/eth.c#eth_type_trans")
    public static int typeTrans(SkBuff skb, NetDevice device) {
        skb.dev(device);
        skb.resetMacHeader();
        int at = skb.macHeader();
        skb.kind(kindOf(destination(skb, at), device.macAddress()));
        int type = type(skb, at);
        int protocol = type >= 0x0600 ? type : EtherType.LLC;
        skb.protocol(protocol);
        skb.pull(LENGTH);
        return protocol;
    }

    private static PacketKind kindOf(long destination, MacAddress own) {
        if (destination == own.bits()) {
            return PacketKind.HOST;
        }
        if (destination == MacAddress.BROADCAST.bits()) {
            return PacketKind.BROADCAST;
        }
        return (destination >>> 40 & 1) != 0 ? PacketKind.MULTICAST : PacketKind.OTHERHOST;
    }
}
