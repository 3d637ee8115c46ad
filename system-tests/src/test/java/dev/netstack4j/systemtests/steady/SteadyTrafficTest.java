package dev.netstack4j.systemtests.steady;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.systemtests.support.LoggedErrors;
import dev.netstack4j.systemtests.walk.Pair;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// TCP and UDP in both directions in real time, for long: after a warm-up the heap, the packets ever made and the
/// host's free memory stay what they are, and the stacks and their applications allocate next to nothing for a packet.
class SteadyTrafficTest {
    private static final long WARM_UP_SECONDS = 15;
    private static final long HEAP_TOLERANCE = 1 << 20;
    private static final int MADE_TOLERANCE = 256;
    private static final long MEMORY_TOLERANCE = 4 << 20;
    private static final double MOST_BYTES_A_PACKET = 1;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aMinuteOfTrafficGrowsNothingAndAllocatesNextToNothing() throws Exception {
        run(60);
    }

    @Test
    @Tag("nightly")
    void tenMinutesOfTrafficGrowNothingAndAllocateNextToNothing() throws Exception {
        run(600);
    }

    /// What is to stay as it is.
    private record Level(long heap, int made, long free, long allocated, long packets, long received, long answered) {
        static Level of(Pair pair, Traffic traffic) {
            long allocated = allocatedBytes();
            long packets = sent(pair.a) + sent(pair.b);
            return new Level(
                    heapAfterGc(),
                    pair.a.packets().made() + pair.b.packets().made(),
                    pair.a.packets().memory().freeBytes()
                            + pair.b.packets().memory().freeBytes(),
                    allocated,
                    packets,
                    traffic.received(),
                    traffic.answered());
        }
    }

    private static void run(long seconds) throws Exception {
        try (LoggedErrors errors = new LoggedErrors();
                Pair pair = Pair.real()) {
            Traffic traffic = new Traffic(pair);
            pair.runtime.pause(WARM_UP_SECONDS * Pair.SECOND);
            Level before = Level.of(pair, traffic);
            pair.runtime.pause((seconds - WARM_UP_SECONDS) * Pair.SECOND);
            Level after = Level.of(pair, traffic);
            assertTrue(traffic.runs(), "an application ended early");
            traffic.stop();
            report(before, after, seconds - WARM_UP_SECONDS);
            check(before, after);
            assertEquals(List.of(), errors.lines());
        }
    }

    private static double bytesAPacket(Level before, Level after) {
        return (after.allocated - before.allocated) / (double) (after.packets - before.packets);
    }

    private static void report(Level before, Level after, long seconds) {
        System.out.printf(
                "steady: %d s, %d packets, %.1f MB/s, %d datagrams answered; heap after GC %+d KiB, packets made %+d (of %d),"
                        + " free memory %+d KiB, %.3f bytes allocated a packet%n",
                seconds,
                after.packets - before.packets,
                (after.received - before.received) / 1e6 / seconds,
                after.answered - before.answered,
                (after.heap - before.heap) >> 10,
                after.made - before.made,
                after.made,
                (after.free - before.free) >> 10,
                bytesAPacket(before, after));
    }

    private static void check(Level before, Level after) {
        assertTrue(after.packets - before.packets > 1000, "hardly any traffic");
        assertTrue(after.answered > before.answered, "no datagrams");
        assertTrue(after.heap - before.heap < HEAP_TOLERANCE, "the heap grew by " + (after.heap - before.heap));
        assertTrue(after.made - before.made <= MADE_TOLERANCE, "packets were made: " + (after.made - before.made));
        assertTrue(before.free - after.free < MEMORY_TOLERANCE, "memory is missing: " + (before.free - after.free));
        double bytes = bytesAPacket(before, after);
        assertTrue(bytes < MOST_BYTES_A_PACKET, bytes + " bytes were allocated for each packet");
    }

    private static long sent(Stack stack) {
        NetDevice card = stack.device("eth0");
        return stack.links().stats(card).txPackets;
    }

    private static long heapAfterGc() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// By the stacks' threads and the applications'.
    private static long allocatedBytes() {
        long sum = 0;
        for (ThreadInfo t : THREADS.dumpAllThreads(false, false)) {
            if (t.getThreadName().matches("[ab]/.*|steady .*")) {
                sum += THREADS.getThreadAllocatedBytes(t.getThreadId());
            }
        }
        return sum;
    }
}
