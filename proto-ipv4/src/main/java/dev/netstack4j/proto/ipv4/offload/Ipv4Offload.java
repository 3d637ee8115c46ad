package dev.netstack4j.proto.ipv4.offload;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.PacketOffload;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.api.spi.Plugged;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// IPv4's part in merging and cutting. Only packets without options that must not be fragmented are merged, so their
/// identifications mean nothing and need not be kept.
@Rfc("6864#4")
@Linux("net/ipv4/af_inet.c#inet_gro_receive")
public final class Ipv4Offload implements PacketOffload, Lifecycle {
    private static final int NUMBERS = 256;
    private static final int NO_OPTIONS = 0x45;

    private final Plugged plugged;
    private final @Nullable PacketOffload[] protocols = new @Nullable PacketOffload[NUMBERS];

    /// Asks the offloads of IP protocols.
    @Inject
    public Ipv4Offload(Plugged plugged) {
        this.plugged = plugged;
    }

    @Override
    public void start() {
        for (int i = 0; i < NUMBERS; i++) {
            protocols[i] = plugged.find(INET, PacketOffload.key(AddressFamily.INET, i));
        }
    }

    @Override
    public int groFlow(SkBuff skb, Cpu cpu) {
        int at = skb.networkHeader();
        if (skb.headLength() < Ipv4Header.LENGTH || skb.get8(at) != NO_OPTIONS) {
            return 0;
        }
        PacketOffload inner = protocols[Ipv4Header.protocol(skb, at)];
        boolean whole =
                Ipv4Header.fragmentWord(skb, at) == Ipv4Header.DF && Ipv4Header.totalLength(skb, at) == skb.length();
        if (inner == null || !whole || !Ipv4Header.isChecksumRight(skb, at, Ipv4Header.LENGTH)) {
            return 0;
        }
        skb.transportHeader(at + Ipv4Header.LENGTH);
        int flow = inner.groFlow(skb, cpu);
        long addresses = skb.get64(at + 12);
        int mixed = (int) (addresses ^ addresses >>> 32) * 0x9E37_79B1 ^ flow;
        return flow == 0 ? 0 : mixed | 1;
    }

    @Override
    public GroResult groReceive(@Nullable SkBuff held, SkBuff skb, Cpu cpu) {
        int at = skb.networkHeader();
        PacketOffload inner = protocols[Ipv4Header.protocol(skb, at)];
        if (inner == null) {
            return GroResult.PASS;
        }
        if (held == null) {
            return inner.groReceive(null, skb, cpu);
        }
        int before = held.networkHeader();
        boolean same = held.get64(before + 12) == skb.get64(at + 12)
                && Ipv4Header.protocol(held, before) == Ipv4Header.protocol(skb, at);
        if (!same) {
            return GroResult.OTHER;
        }
        boolean alike = Ipv4Header.tos(held, before) == Ipv4Header.tos(skb, at)
                && Ipv4Header.ttl(held, before) == Ipv4Header.ttl(skb, at);
        return alike ? inner.groReceive(held, skb, cpu) : inner.groReceive(null, skb, cpu);
    }

    @Override
    @Linux("net/ipv4/af_inet.c#inet_gro_complete")
    public void groComplete(SkBuff skb, Cpu cpu) {
        int at = skb.networkHeader();
        skb.put16(at + 2, skb.length());
        Ipv4Header.seal(skb, at, Ipv4Header.LENGTH);
        PacketOffload inner = protocols[Ipv4Header.protocol(skb, at)];
        if (inner != null) {
            inner.groComplete(skb, cpu);
        }
    }

    @Override
    @Linux("net/ipv4/af_inet.c#inet_gso_segment")
    public boolean gsoSegment(SkBuff skb, boolean share, SkBuffQueue into, Cpu cpu) {
        PacketOffload inner = innerOf(skb);
        if (inner == null) {
            return false;
        }
        int header = skb.networkHeader() - skb.data();
        int ident = Ipv4Header.ident(skb, skb.networkHeader());
        SkBuff before = into.peekTail();
        if (!inner.gsoSegment(skb, share, into, cpu)) {
            return false;
        }
        SkBuff piece = before == null ? into.peek() : before.next();
        for (int i = 0; piece != null; i++) {
            int at = piece.networkHeader();
            piece.put16(at + 2, piece.length() - header);
            piece.put16(at + 4, ident + i & 0xFFFF);
            Ipv4Header.seal(piece, at, Ipv4Header.headerLength(piece, at));
            piece = piece.next();
        }
        return true;
    }

    @Override
    public int gsoHeaderLength(SkBuff skb) {
        PacketOffload inner = innerOf(skb);
        int transport = inner == null ? 0 : inner.gsoHeaderLength(skb);
        return transport == 0 ? 0 : transport + skb.transportHeader() - skb.networkHeader();
    }

    /// Bytes of the longest packet on the wire that a packet stands for: itself, or one of its segments.
    @Linux("net/core/gso.c#skb_gso_validate_network_len")
    public int longest(SkBuff skb) {
        return skb.gsoSize() == 0 ? skb.length() : Math.min(skb.length(), gsoHeaderLength(skb) + skb.gsoSize());
    }

    /// The protocol inside, its header marked; null when the header makes no sense.
    private @Nullable PacketOffload innerOf(SkBuff skb) {
        int at = skb.networkHeader();
        if (at < skb.data() || at + Ipv4Header.LENGTH > skb.tail()) {
            return null;
        }
        int length = Ipv4Header.headerLength(skb, at);
        boolean fragment = Ipv4Header.isFragment(skb, at);
        if (length < Ipv4Header.LENGTH || fragment || at + length > skb.tail()) {
            return null;
        }
        skb.transportHeader(at + length);
        return protocols[Ipv4Header.protocol(skb, at)];
    }
}
