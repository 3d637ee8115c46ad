package dev.netstack4j.core.net.neighbour;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;

/// The timers and limits of one family's neighbours, with Linux's names and defaults.
@Rfc("4861#10")
final class NeighbourSettings {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    /// How long one draw of the reachable time is used.
    private static final long REDRAW_NANOS = 300 * SECOND;

    private final RandomStream random;
    private final Sysctl baseReachableMillis;
    private final Sysctl retransMillis;
    private final Sysctl delaySeconds;
    private final Sysctl unicastProbes;
    private final Sysctl multicastProbes;
    private final Sysctl queueBytes;
    private final Sysctl queuePackets;
    private final Sysctl least;
    private final Sysctl many;
    private final Sysctl most;
    private long reachableNanos;
    private long drawnAtNanos;
    private int drawnFor;

    NeighbourSettings(AddressFamily family, Sysctls sysctls, RandomStream random) {
        this.random = random;
        String base = (family.equals(AddressFamily.INET6) ? "net.ipv6" : "net.ipv4") + ".neigh.default.";
        baseReachableMillis = sysctls.declare(
                base + "base_reachable_time_ms",
                30_000,
                1,
                Integer.MAX_VALUE,
                "milliseconds: REACHABLE lasts half to one and a half of it");
        retransMillis =
                sysctls.declare(base + "retrans_time_ms", 1_000, 1, 3_600_000, "milliseconds between two questions");
        delaySeconds = sysctls.declare(
                base + "delay_first_probe_time",
                5,
                1,
                3_600,
                "seconds that a stale neighbour is used before it is asked");
        unicastProbes = sysctls.declare(base + "ucast_solicit", 3, 0, 100, "questions to the neighbour itself");
        multicastProbes = sysctls.declare(base + "mcast_solicit", 3, 1, 100, "questions to everybody");
        queueBytes = sysctls.declare(
                base + "unres_qlen_bytes", 212_992, 1, Integer.MAX_VALUE, "bytes of packets that wait for an address");
        queuePackets = sysctls.declare(base + "unres_qlen", 101, 1, 1 << 16, "packets that wait for an address");
        least = sysctls.declare(base + "gc_thresh1", 128, 0, 1 << 20, "entries that are never collected");
        many = sysctls.declare(base + "gc_thresh2", 512, 1, 1 << 20, "entries above which old ones go");
        most = sysctls.declare(base + "gc_thresh3", 1024, 1, 1 << 20, "entries that there may be");
    }

    /// How long REACHABLE lasts: between half of the base time and one and a half of it, so that hosts do not ask in
    /// step.
    @Rfc("4861#6.3.2")
    long reachableNanos(long now) {
        int base = baseReachableMillis.get();
        if (base != drawnFor || now - drawnAtNanos > REDRAW_NANOS) {
            drawnFor = base;
            drawnAtNanos = now;
            reachableNanos = (long) (base * MILLI * (0.5 + random.nextDouble()));
        }
        return reachableNanos;
    }

    long retransNanos() {
        return retransMillis.get() * MILLI;
    }

    long delayNanos() {
        return delaySeconds.get() * SECOND;
    }

    int unicastProbes() {
        return unicastProbes.get();
    }

    int multicastProbes() {
        return multicastProbes.get();
    }

    int queueBytes() {
        return queueBytes.get();
    }

    int queuePackets() {
        return queuePackets.get();
    }

    int least() {
        return least.get();
    }

    int many() {
        return many.get();
    }

    int most() {
        return most.get();
    }
}
