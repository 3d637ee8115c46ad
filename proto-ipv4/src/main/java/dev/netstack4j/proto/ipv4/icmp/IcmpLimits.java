package dev.netstack4j.proto.ipv4.icmp;

import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.proto.ipv4.accounting.IcmpCounters;
import jakarta.inject.Inject;

/// Token buckets before ICMP messages that answer somebody's packet: one for all targets, one per target (by keyed
/// hash).
@Rfc("1812#4.3.2.8")
@Linux("net/ipv4/icmp.c#icmpv4_xrlim_allow")
public final class IcmpLimits {
    private static final int TARGETS = 512;
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    /// A target that was quiet may get this many at once.
    private static final int BURST = 6;
    private static final int DEFAULT_MASK = 1 << 3 | 1 << 4 | 1 << 11 | 1 << 12;

    private final SpinLock lock;
    private final int key;
    private final int[] target = new int[TARGETS];
    private final long[] credit = new long[TARGETS];
    private final long[] filledAt = new long[TARGETS];
    private final IcmpCounters counters;
    private final Sysctl interval;
    private final Sysctl mask;
    private final Sysctl perSecond;
    private final Sysctl burst;
    private long allCredit;
    private long allFilledAt;
    private boolean begun;

    /// With full buckets.
    @Inject
    public IcmpLimits(Sync sync, RandomStreams random, Sysctls sysctls, IcmpCounters counters) {
        this.counters = counters;
        lock = sync.spinLock("icmp-limits");
        key = (int) random.stream("icmp.limits").nextLong();
        interval = sysctls.declare(
                "net.ipv4.icmp_ratelimit",
                1000,
                0,
                Integer.MAX_VALUE,
                "least time between two limited messages to one target, milliseconds; 0 for no limit");
        mask = sysctls.declare(
                "net.ipv4.icmp_ratemask", DEFAULT_MASK, 0, Integer.MAX_VALUE, "types that are limited, a bit each");
        perSecond = sysctls.declare(
                "net.ipv4.icmp_msgs_per_sec",
                1000,
                0,
                Integer.MAX_VALUE,
                "limited messages to all targets together, a second");
        burst = sysctls.declare(
                "net.ipv4.icmp_msgs_burst",
                50,
                0,
                Integer.MAX_VALUE,
                "limited messages to all targets that may go at once");
    }

    /// Whether a message of a type may go to a target by a device; takes the tokens if so.
    boolean allow(int type, int to, NetDevice device, Cpu cpu) {
        boolean limited = type < 31 && (mask.get() >>> type & 1) != 0;
        if (!limited || (device.config().flags() & DeviceFlags.LOOPBACK) != 0) {
            return true;
        }
        lock.lock();
        boolean all = takeOfAll(cpu.nowNanos());
        boolean one = all && takeOfTarget(to, cpu.nowNanos());
        lock.unlock();
        if (!all) {
            counters.limitedGlobal.increment(cpu);
        } else if (!one) {
            counters.limitedHost.increment(cpu);
        }
        return one;
    }

    private boolean takeOfAll(long now) {
        long most = burst.get() * SECOND;
        long earned = begun ? Math.min(now - allFilledAt, SECOND) * perSecond.get() : most;
        begun = true;
        allFilledAt = now;
        allCredit = Math.min(most, allCredit + earned);
        if (allCredit < SECOND) {
            return false;
        }
        allCredit -= SECOND;
        return true;
    }

    private boolean takeOfTarget(int to, long now) {
        long cost = interval.get() * MILLISECOND;
        int h = (to ^ key) * 0x9E37_79B1;
        int i = h >>> 23;
        long most = cost * BURST;
        if (target[i] != to) {
            // Whoever hashes to the same place gets its turn with what the other left, so that changing addresses earns
            // nothing.
            target[i] = to;
            credit[i] = filledAt[i] == 0 ? most : Math.max(credit[i], Math.min(cost, now - filledAt[i]));
        }
        credit[i] = Math.min(most, credit[i] + (filledAt[i] == 0 ? most : now - filledAt[i]));
        filledAt[i] = now;
        if (credit[i] < cost) {
            return false;
        }
        credit[i] -= cost;
        return true;
    }
}
