package dev.netstack4j.api.protocol;

import dev.netstack4j.api.doc.Linux;
import org.jspecify.annotations.Nullable;

/// What a route says of the packets that take it, beside where they go. Immutable.
@Linux("include/net/ip.h#ip_metrics")
public final class RouteMetrics {
    /// Says nothing.
    public static final RouteMetrics NONE = new RouteMetrics(0, false, 0);

    private final int mtu;
    private final boolean mtuLocked;
    private final int advertisedMss;

    private RouteMetrics(int mtu, boolean mtuLocked, int advertisedMss) {
        if (mtu < 0 || advertisedMss < 0) {
            throw new IllegalArgumentException("a route's mtu " + mtu + " or advmss " + advertisedMss + " is negative");
        }
        this.mtu = mtu;
        this.mtuLocked = mtuLocked;
        this.advertisedMss = advertisedMss;
    }

    /// The same with an MTU.
    ///
    /// @param bytes  largest packet of the network layer; 0 for the device's
    /// @param locked whether path MTU discovery leaves it alone: errors do not lower it, and packets that may be
    ///     fragmented on the way are sent so
    /// @throws IllegalArgumentException for a number below 0
    public RouteMetrics mtu(int bytes, boolean locked) {
        return new RouteMetrics(bytes, locked && bytes > 0, advertisedMss);
    }

    /// The same with a largest segment.
    ///
    /// @param bytes payload that TCP tells its peers to send in a segment at most; 0 for what follows from the MTU
    /// @throws IllegalArgumentException for a number below 0
    public RouteMetrics advertisedMss(int bytes) {
        return new RouteMetrics(mtu, mtuLocked, bytes);
    }

    /// Largest packet of the network layer, bytes; 0 for the device's.
    public int mtu() {
        return mtu;
    }

    /// Whether path MTU discovery leaves the MTU alone; false without one.
    public boolean isMtuLocked() {
        return mtuLocked;
    }

    /// Payload that TCP tells its peers to send in a segment at most, bytes; 0 for what follows from the MTU.
    public int advertisedMss() {
        return advertisedMss;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RouteMetrics m
                && m.mtu == mtu
                && m.mtuLocked == mtuLocked
                && m.advertisedMss == advertisedMss;
    }

    @Override
    public int hashCode() {
        return (mtu * 31 + advertisedMss) * 2 + (mtuLocked ? 1 : 0);
    }

    @Override
    public String toString() {
        return (mtuLocked ? "mtu lock " : "mtu ") + mtu + " advmss " + advertisedMss;
    }
}
