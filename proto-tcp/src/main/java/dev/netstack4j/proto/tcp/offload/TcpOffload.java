package dev.netstack4j.proto.tcp.offload;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.protocol.PacketOffload;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Merging and cutting of TCP over IPv4.
@Linux("net/ipv4/tcp_offload.c#tcp4_gro_receive")
public final class TcpOffload implements PacketOffload, Lifecycle {
    private final InetFamilies families;
    private final SegmentMerger merger;
    private final ConsumeReason segmented;
    private @Nullable InetFamilyOps network;
    private @Nullable SegmentMaker maker;

    /// Over the network layer, which is known from the start on.
    @Inject
    public TcpOffload(InetFamilies families, PacketReasons reasons) {
        this.families = families;
        merger = new SegmentMerger(reasons.consume("TCP_GRO", "its data was merged into the segment before it"));
        segmented = reasons.consume("TCP_GSO", "it was cut into segments");
    }

    @Override
    public void start() {
        InetFamilyOps ops = families.find(AddressFamily.INET);
        network = ops;
        maker = ops == null ? null : new SegmentMaker(ops, segmented);
    }

    @Override
    public int groFlow(SkBuff skb, Cpu cpu) {
        InetFamilyOps ops = network;
        return ops == null ? 0 : SegmentMerger.flow(skb, ops);
    }

    @Override
    public GroResult groReceive(@Nullable SkBuff held, SkBuff skb, Cpu cpu) {
        return merger.receive(held, skb, cpu);
    }

    @Override
    @Linux("net/ipv4/tcp_offload.c#tcp4_gro_complete")
    public void groComplete(SkBuff skb, Cpu cpu) {
        InetFamilyOps ops = network;
        if (ops != null) {
            int length = skb.length() - (skb.transportHeader() - skb.data());
            PseudoSum.leavePartial(skb, PseudoSum.of(skb, ops), length);
        }
    }

    @Override
    public boolean gsoSegment(SkBuff skb, boolean share, SkBuffQueue into, Cpu cpu) {
        SegmentMaker m = maker;
        return m != null && m.segment(skb, share, into, cpu);
    }

    @Override
    public int gsoHeaderLength(SkBuff skb) {
        boolean inside = skb.transportHeader() + TcpHeader.LENGTH <= skb.tail();
        int length = inside ? TcpHeader.length(skb) : 0;
        return length < TcpHeader.LENGTH || skb.gsoType() != GsoType.TCP4 ? 0 : length;
    }
}
