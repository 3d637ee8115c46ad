package dev.netstack4j.bench.scale;

import java.lang.management.ManagementFactory;

/// CPU time of this process as the operating system counts it.
final class Cpu {
    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Cpu() {}

    static long nanos() {
        return SYSTEM.getProcessCpuTime();
    }
}
