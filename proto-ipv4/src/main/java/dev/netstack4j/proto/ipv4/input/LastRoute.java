package dev.netstack4j.proto.ipv4.input;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import org.jspecify.annotations.Nullable;

/// The route of the packet before, while a batch is received. Belongs to one CPU.
@Linux("net/ipv4/ip_input.c#ip_extract_route_hint")
final class LastRoute {
    private boolean inBatch;
    private @Nullable Dst dst;
    private @Nullable NetDevice device;
    private int source;
    private int destination;

    void begin() {
        inBatch = true;
        dst = null;
    }

    void end() {
        inBatch = false;
        dst = null;
        device = null;
    }

    boolean fits(SkBuff skb, int at, NetDevice from) {
        Dst d = dst;
        return d != null
                && device == from
                && destination == Ipv4Header.destination(skb, at)
                && source == Ipv4Header.source(skb, at)
                && d.isValid();
    }

    @Nullable
    Dst dst() {
        return dst;
    }

    void remember(SkBuff skb, int at, NetDevice from) {
        if (inBatch) {
            dst = skb.dst();
            device = from;
            source = Ipv4Header.source(skb, at);
            destination = Ipv4Header.destination(skb, at);
        }
    }
}
