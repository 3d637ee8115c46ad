package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.protocol.RouteMetrics;
import dev.netstack4j.api.runtime.Cpu;

/// To another host, through a next hop: for packets of this host and for those that it forwards.
public final class UnicastDst extends Ipv4Dst {
    private final RouteMetrics metrics;
    private final PathMtu exception;

    /// @param metrics   what the route says of its packets
    /// @param exception what is known of the path MTU to one destination, or [PathMtu#NONE]
    UnicastDst(
            NetDevice device,
            IpAddress nextHop,
            IpAddress source,
            RouteMetrics metrics,
            PathMtu exception,
            DstPaths paths,
            Generation generation) {
        super(RouteKind.UNICAST, device, nextHop, source, paths, generation);
        this.metrics = metrics;
        this.exception = exception;
    }

    @Override
    public int input(SkBuff skb, Cpu cpu) {
        return paths.forward().resume(skb, cpu);
    }

    @Override
    public int mtu() {
        int own = super.mtu();
        int ofRoute = metrics.mtu() == 0 ? own : Math.min(own, metrics.mtu());
        return Math.min(ofRoute, exception.mtu());
    }

    @Override
    public int advertisedMss() {
        return metrics.advertisedMss();
    }

    @Override
    RouteMetrics metrics() {
        return metrics;
    }

    @Override
    public boolean isValid() {
        return super.isValid() && !exception.isOver();
    }

    @Override
    int exception() {
        return exception.destination();
    }
}
