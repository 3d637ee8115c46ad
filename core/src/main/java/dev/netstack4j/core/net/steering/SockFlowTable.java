package dev.netstack4j.core.net.steering;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;

/// On which CPU the application that reads a flow ran last. An entry holds the upper bits of the flow's hash and the
/// CPU, in one word; readers and writers race, and the worst that comes of it is a packet on another CPU.
@Singleton
@Linux("include/net/rps.h#rps_record_sock_flow")
public final class SockFlowTable {
    private static final int NOBODY = -1;
    private static final int[] NONE = {};

    private final Sysctl entries;
    private final int cpuMask;
    private final int cpuCount;
    private volatile int[] table = NONE;

    /// Injected.
    @Inject
    public SockFlowTable(Cpus cpus, Sysctls sysctls) {
        entries = sysctls.declare(
                "net.core.rps_sock_flow_entries",
                0,
                0,
                1 << 20,
                "flows whose reader's CPU is remembered, rounded up to a power of two; 0: none");
        cpuCount = cpus.count();
        cpuMask = powerOfTwo(cpuCount) - 1;
    }

    /// The least power of two that is not smaller.
    static int powerOfTwo(int n) {
        return n <= 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
    }

    private int[] table() {
        int wanted = entries.get();
        int[] t = table;
        if (wanted == 0) {
            return NONE;
        }
        return t.length == powerOfTwo(wanted) ? t : renew(powerOfTwo(wanted));
    }

    private int[] renew(int size) {
        int[] fresh = new int[size];
        Arrays.fill(fresh, NOBODY);
        table = fresh;
        return fresh;
    }

    /// The application of a flow runs on that CPU. Any context.
    public void record(int hash, int cpuId) {
        int[] t = table();
        if (t.length == 0 || hash == 0) {
            return;
        }
        int at = hash & t.length - 1;
        int value = hash & ~cpuMask | cpuId;
        if (t[at] != value) {
            t[at] = value;
        }
    }

    /// Whether flows are remembered.
    boolean isOn() {
        return entries.get() != 0;
    }

    /// The CPU of a flow's application; -1 when it is not known.
    int cpuOf(int hash) {
        int[] t = table();
        if (t.length == 0) {
            return NOBODY;
        }
        int value = t[hash & t.length - 1];
        int cpu = value & cpuMask;
        return ((value ^ hash) & ~cpuMask) == 0 && cpu < cpuCount ? cpu : NOBODY;
    }
}
