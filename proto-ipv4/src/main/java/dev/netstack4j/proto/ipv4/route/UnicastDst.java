package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.runtime.Cpu;

/// To another host, through a next hop: for packets of this host and for those that it forwards.
public final class UnicastDst extends Ipv4Dst {
    private final PathMtu exception;

    /// @param exception what is known of the path MTU to one destination, or [PathMtu#NONE]
    UnicastDst(
            NetDevice device,
            IpAddress nextHop,
            IpAddress source,
            PathMtu exception,
            DstPaths paths,
            Generation generation) {
        super(RouteKind.UNICAST, device, nextHop, source, paths, generation);
        this.exception = exception;
    }

    @Override
    public int input(SkBuff skb, Cpu cpu) {
        return paths.forward().resume(skb, cpu);
    }

    @Override
    public int mtu() {
        return Math.min(super.mtu(), exception.mtu());
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
