package dev.netstack4j.bench.endtoend;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;

/// What a stack costs that does nothing yet: to assemble one more in a warm process, and to let one wait.
final class Footprint {
    private static final String NAME = "idle";
    private static final double MILLI = 1e-6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Footprint() {}

    private static Stack assemble(String name) throws Exception {
        return StackFactory.find()
                .builder()
                .name(name)
                .discover(Footprint.class.getClassLoader())
                .build();
    }

    /// Milliseconds of one assembly; closing it is not counted.
    static double assemblyMillis() throws Exception {
        long begin = System.nanoTime();
        Stack stack = assemble("further");
        double took = (System.nanoTime() - begin) * MILLI;
        stack.close();
        return took;
    }

    /// Milliseconds of CPU that the threads of a stack with a card use in a second in which nothing happens. The card's
    /// link and everything else that follows assembly has had two seconds before.
    static double idleMillis(long nanos) throws Exception {
        try (Stack stack = assemble(NAME)) {
            NetDevice card = stack.hardware()
                    .plug(
                            "emulated",
                            "82576",
                            Map.of(),
                            stack.hardware().wire("cable", Map.of("name", "nobody beyond")));
            stack.ipv4().addAddress(card, IpPrefix.parse("10.9.0.1/24"));
            stack.links().up(card);
            Thread.sleep(2000);
            long before = cpuOfThreads();
            Thread.sleep(nanos / 1_000_000);
            return (cpuOfThreads() - before) * MILLI / (nanos * 1e-9);
        }
    }

    private static long cpuOfThreads() {
        long sum = 0;
        for (ThreadInfo t : THREADS.dumpAllThreads(false, false)) {
            if (t.getThreadName().startsWith(NAME + "/")) {
                sum += Math.max(0, THREADS.getThreadCpuTime(t.getThreadId()));
            }
        }
        return sum;
    }
}
