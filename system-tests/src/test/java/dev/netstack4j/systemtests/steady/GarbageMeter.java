package dev.netstack4j.systemtests.steady;

import com.sun.management.ThreadMXBean;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.systemtests.steady.Workload.Round;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/// What all threads that came after this meter was made, and the thread that made it, allocate while rounds run; and
/// the packets that are sent meanwhile. The first half of the rounds is not counted.
final class GarbageMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long maker = Thread.currentThread().threadId();
    private final long[] others = LongStream.of(THREADS.getAllThreadIds())
            .filter(t -> t != maker)
            .sorted()
            .toArray();
    private long bytes;
    private long packets;

    /// Called by one of those threads.
    ///
    /// @param rounds how many are counted, after as many that are not
    /// @param sent   packets sent so far
    void measure(int rounds, Round one, LongSupplier sent) throws NetException {
        repeat(rounds, one);
        long packetsBefore = sent.getAsLong();
        long[] threads = threads();
        long before = allocated(threads);
        repeat(rounds, one);
        bytes = allocated(threads) - before;
        packets = sent.getAsLong() - packetsBefore;
    }

    private static void repeat(int rounds, Round one) throws NetException {
        for (int i = 0; i < rounds; i++) {
            one.once();
        }
    }

    private long[] threads() {
        return LongStream.of(THREADS.getAllThreadIds())
                .filter(t -> Arrays.binarySearch(others, t) < 0)
                .toArray();
    }

    private static long allocated(long[] threads) {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(threads)) {
            sum += Math.max(0, bytes); // -1: the thread has ended
        }
        return sum;
    }

    long packets() {
        return packets;
    }

    double bytesAPacket() {
        return bytes / (double) packets;
    }

    @Override
    public String toString() {
        return "%d bytes for %d packets, %.3f each".formatted(bytes, packets, bytesAPacket());
    }
}
