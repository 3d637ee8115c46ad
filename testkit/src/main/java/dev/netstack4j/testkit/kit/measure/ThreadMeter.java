package dev.netstack4j.testkit.kit.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/// What the JVM counts of the calling thread.
public final class ThreadMeter {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ThreadMeter() {}

    /// Bytes of the Java heap that the calling thread has allocated.
    public static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /// How often the calling thread has waited: parked, slept, or waited for another thread.
    public static long waits() {
        ThreadInfo info = THREADS.getThreadInfo(Thread.currentThread().threadId());
        return info == null ? 0 : info.getWaitedCount();
    }
}
