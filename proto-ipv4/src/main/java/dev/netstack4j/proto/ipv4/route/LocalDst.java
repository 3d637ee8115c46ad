package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// To this host. On the way in one per device; on the way out one per address, through the loopback device.
@Linux("net/ipv4/route.c#rt_dst_alloc")
public final class LocalDst extends Ipv4Dst {
    LocalDst(NetDevice device, IpAddress address, DstPaths paths, Generation generation) {
        super(RouteKind.LOCAL, device, address, address, paths, generation);
    }

    @Override
    public int input(SkBuff skb, Cpu cpu) {
        return paths.deliver().resume(skb, cpu);
    }
}
