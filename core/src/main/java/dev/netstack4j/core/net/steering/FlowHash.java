package dev.netstack4j.core.net.steering;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.RandomStreams;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// A number that all packets of a flow share, which nobody outside can guess.
@Singleton
@Linux("net/core/flow_dissector.c#__skb_get_hash_net")
public final class FlowHash {
    private static final int IPV4_BYTES = 20;
    private static final int PROTOCOL = 9;
    private static final int FRAGMENT = 6;
    private static final int OFFSET_OR_MORE = 0x3FFF;

    private final long key;

    /// Injected.
    @Inject
    public FlowHash(RandomStreams random) {
        key = random.stream("net.flowhash").nextLong() | 1;
    }

    /// Whether the IPv4 header at buffer offset `network` is there to be hashed.
    public static boolean isIpv4(SkBuff skb, int network) {
        return skb.protocol() == EtherType.IPV4 && network >= skb.data() && network + IPV4_BYTES <= skb.tail();
    }

    /// Of addresses, protocol and ports of an IPv4 packet.
    public int ofIpv4(SkBuff skb, int network) {
        return mix(mix(key, skb.get64(network + 12)), skb.get8(network + PROTOCOL) + portsAt(skb, network));
    }

    /// Whether [#ofIpv4] covers ports.
    public static boolean coversPorts(SkBuff skb, int network) {
        int protocol = skb.get8(network + PROTOCOL);
        return (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP) && isWhole(skb, network);
    }

    /// Of the link-layer header at the first byte.
    public int ofLink(SkBuff skb) {
        int at = skb.data();
        return skb.headLength() < EthernetHeader.LENGTH ? 0 : mix(mix(key, skb.get64(at)), skb.get32(at + 8));
    }

    /// Both ports, but none for fragments, which must not part.
    private static long portsAt(SkBuff skb, int network) {
        int at = network + (skb.get8(network) & 15) * 4;
        return isWhole(skb, network) && at + 4 <= skb.tail() ? (long) skb.get32(at) << 8 : 0;
    }

    private static boolean isWhole(SkBuff skb, int network) {
        return (skb.get16(network + FRAGMENT) & OFFSET_OR_MORE) == 0;
    }

    private static int mix(long hash, long value) {
        long h = (hash ^ value) * 0x9E3779B97F4A7C15L;
        h ^= h >>> 32;
        h *= 0xD6E8FEB86659FD93L;
        return (int) (h >>> 32 ^ h);
    }
}
