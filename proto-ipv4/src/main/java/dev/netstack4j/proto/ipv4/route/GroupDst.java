package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Sock;
import org.jspecify.annotations.Nullable;

/// To many: a multicast group or everybody on a link. Members on this host get a copy.
public final class GroupDst extends Ipv4Dst {
    GroupDst(
            RouteKind kind,
            NetDevice device,
            IpAddress group,
            IpAddress source,
            DstPaths paths,
            Generation generation) {
        super(kind, device, group, source, paths, generation);
    }

    @Override
    public int input(SkBuff skb, Cpu cpu) {
        return paths.deliver().resume(skb, cpu);
    }

    @Override
    public int output(@Nullable Sock sock, SkBuff skb, Cpu cpu) {
        return paths.multicastOutput().resume(skb, cpu);
    }
}
