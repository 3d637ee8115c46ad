package dev.netstack4j.proto.ipv4.route;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import jakarta.inject.Inject;

/// Path MTUs learnt from ICMP, by destination. A small sorted snapshot: empty on almost every host, so that looking
/// costs one read.
@Rfc("1191")
@Linux("net/ipv4/route.c#__ip_rt_update_pmtu")
public final class PathMtus {
    private static final int MOST = 1024;
    private static final long SECOND = 1_000_000_000L;

    private final Clock clock;
    private final SpinLock lock;
    private final Generation generation;
    private final Sysctl leastMtu;
    private final Sysctl expires;
    private volatile PathMtu[] known = new PathMtu[0];

    /// Knows nothing yet.
    @Inject
    public PathMtus(Clock clock, Sync sync, Generation generation, Sysctls sysctls) {
        this.clock = clock;
        this.generation = generation;
        lock = sync.spinLock("ipv4-path-mtu");
        leastMtu = sysctls.declare(
                "net.ipv4.route.min_pmtu", 552, 68, 65535, "least path MTU that ICMP is believed, bytes");
        expires = sysctls.declare(
                "net.ipv4.route.mtu_expires", 600, 1, 86400, "how long a learnt path MTU holds, seconds");
    }

    /// What is known about a destination; [PathMtu#NONE] for nothing.
    public PathMtu find(int destination) {
        PathMtu[] all = known;
        if (all.length == 0) {
            return PathMtu.NONE;
        }
        int i = search(all, destination);
        return i >= 0 && !all[i].isOver() ? all[i] : PathMtu.NONE;
    }

    /// Learns a path MTU. Smaller ones than the least are taken as the least; what is not smaller than known is not
    /// believed.
    ///
    /// @param believedMtu what was in force when the error came
    /// @return whether anything changed: every cached route is invalid then
    public boolean learn(int destination, int mtu, int believedMtu) {
        int value = Math.max(mtu, Math.min(leastMtu.get(), believedMtu));
        if (value >= believedMtu) {
            return false;
        }
        PathMtu fresh = new PathMtu(destination, value, clock.nanos() + expires.get() * SECOND, clock);
        if (!publish(fresh)) {
            return false;
        }
        generation.bump();
        return true;
    }

    /// Forgets everything.
    public void forget() {
        known = new PathMtu[0];
    }

    private boolean publish(PathMtu fresh) {
        while (true) {
            PathMtu[] seen = known;
            PathMtu[] next = with(seen, fresh);
            lock.lock();
            boolean unchanged = known == seen;
            if (unchanged) {
                known = next;
            }
            lock.unlock();
            if (unchanged) {
                return next != seen;
            }
        }
    }

    private static PathMtu[] with(PathMtu[] all, PathMtu fresh) {
        int i = search(all, fresh.destination());
        if (i >= 0) {
            PathMtu[] next = all.clone();
            next[i] = fresh;
            return next;
        }
        PathMtu[] base = all.length < MOST ? all : withoutOver(all);
        if (base.length >= MOST) {
            return all;
        }
        int at = -search(base, fresh.destination()) - 1;
        PathMtu[] next = new PathMtu[base.length + 1];
        System.arraycopy(base, 0, next, 0, at);
        next[at] = fresh;
        System.arraycopy(base, at, next, at + 1, base.length - at);
        return next;
    }

    private static PathMtu[] withoutOver(PathMtu[] all) {
        return java.util.Arrays.stream(all).filter(p -> !p.isOver()).toArray(PathMtu[]::new);
    }

    /// Index of a destination, or `-(where it would stand) - 1`.
    private static int search(PathMtu[] all, int destination) {
        int low = 0;
        int high = all.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int c = Integer.compareUnsigned(all[middle].destination(), destination);
            if (c == 0) {
                return middle;
            }
            if (c < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
