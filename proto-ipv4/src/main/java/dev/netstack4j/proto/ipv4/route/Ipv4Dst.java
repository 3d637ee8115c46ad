package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NeighbourTable;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.RouteMetrics;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import org.jspecify.annotations.Nullable;

/// A route as packets carry it: kind, device, next hop, the address to send from, and the neighbour once it is known.
/// Shared by all packets and sockets that go the same way.
@Linux("include/net/route.h#rtable")
public abstract sealed class Ipv4Dst implements Dst permits LocalDst, UnicastDst, GroupDst {
    /// The ways that packets may take.
    protected final DstPaths paths;

    private final RouteKind kind;
    private final NetDevice device;
    private final IpAddress nextHop;
    private final IpAddress source;
    private final Generation generation;
    private final int madeUnder;
    private volatile @Nullable Neighbour neighbour;

    Ipv4Dst(
            RouteKind kind,
            NetDevice device,
            IpAddress nextHop,
            IpAddress source,
            DstPaths paths,
            Generation generation) {
        this.kind = kind;
        this.device = device;
        this.nextHop = nextHop;
        this.source = source;
        this.paths = paths;
        this.generation = generation;
        this.madeUnder = generation.now();
    }

    /// What it leads to.
    public final RouteKind kind() {
        return kind;
    }

    @Override
    public final NetDevice device() {
        return device;
    }

    /// Whose link-layer address packets get.
    public final IpAddress nextHop() {
        return nextHop;
    }

    /// The address to send from when the sender leaves it open.
    public final IpAddress source() {
        return source;
    }

    @Override
    public int output(@Nullable Sock sock, SkBuff skb, Cpu cpu) {
        return paths.output().resume(skb, cpu);
    }

    @Override
    public int mtu() {
        return Math.min(device.mtu(), Ipv4Header.MOST_PACKET);
    }

    @Override
    public boolean isValid() {
        return madeUnder == generation.now();
    }

    @Override
    public final void confirm(Cpu cpu) {
        Neighbour n = neighbour;
        if (n != null) {
            n.confirm(cpu);
        }
    }

    /// The neighbour to send to, looked up on first use and when the cache has forgotten it.
    ///
    /// @return null when the neighbour table is full
    @Linux("include/net/route.h#ip_neigh_for_gw")
    public final @Nullable Neighbour neighbour(NeighbourTable table, Cpu cpu) {
        Neighbour n = neighbour;
        if (n == null || !n.isAlive()) {
            n = table.resolve(nextHop, device, cpu);
            neighbour = n;
        }
        return n;
    }

    /// Whether it is the answer to the same question and may still be given.
    boolean answers(
            RouteKind wantedKind, int wantedHop, NetDevice wantedDevice, IpAddress wantedSource, int wantedException) {
        return kind == wantedKind
                && nextHop.v4Bits() == wantedHop
                && device == wantedDevice
                && source.v4Bits() == wantedSource.v4Bits()
                && exception() == wantedException
                && isValid();
    }

    /// What the route says of its packets.
    RouteMetrics metrics() {
        return RouteMetrics.NONE;
    }

    /// Whether path MTU discovery leaves its MTU alone.
    @Linux("include/net/ip.h#ip_mtu_locked")
    public final boolean isMtuLocked() {
        return metrics().isMtuLocked();
    }

    /// The destination that it was made for alone, because its path MTU differs; 0 for all others.
    int exception() {
        return 0;
    }
}
