package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Clock;
import org.jspecify.annotations.Nullable;

/// What an ICMP error taught about the path to one destination, for a while.
@Linux("include/net/ip_fib.h#fib_nh_exception")
public final class PathMtu {
    /// Nothing was learnt.
    public static final PathMtu NONE = new PathMtu(0, Integer.MAX_VALUE, Long.MAX_VALUE, null);

    private final int destination;
    private final int mtu;
    private final long expiresNanos;
    private final @Nullable Clock clock;

    PathMtu(int destination, int mtu, long expiresNanos, @Nullable Clock clock) {
        this.destination = destination;
        this.mtu = mtu;
        this.expiresNanos = expiresNanos;
        this.clock = clock;
    }

    /// To where; 0 for [#NONE].
    public int destination() {
        return destination;
    }

    /// Largest packet.
    public int mtu() {
        return mtu;
    }

    /// Whether its time is over.
    public boolean isOver() {
        return clock != null && clock.nanos() >= expiresNanos;
    }
}
