package dev.netstack4j.testkit.script.linux;

import dev.netstack4j.testkit.script.run.Target;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The script's end of a TAP device. A thread reads what the kernel sends and stamps it, so that frames are not late
/// because nobody asks for them.
final class Tap implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final long TUNSETIFF = 0x4004_54CA;
    private static final short IFF_TAP_NO_PI = 0x1002;
    private static final int LARGEST = 65_600;
    private static final short POLLIN = 1;
    private static final int LOOK_MILLIS = 20;
    private static final int ETHERTYPE_IPV6 = 0x86DD;

    private final int fd;
    private final BlockingQueue<Target.Frame> frames = new LinkedBlockingQueue<>();
    private final CountDownLatch reading = new CountDownLatch(1);
    private volatile boolean begun;
    private volatile boolean closed;

    private Tap(int fd) {
        this.fd = fd;
    }

    /// Makes the device in the namespace of the calling thread.
    static Tap open(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/dev/net/tun");
            int fd = (int) SystemCall.OPEN.call(path, O_RDWR | O_CLOEXEC);
            MemorySegment request = arena.allocate(40, 8);
            request.setString(0, name, StandardCharsets.US_ASCII);
            request.set(ValueLayout.JAVA_SHORT, 16, IFF_TAP_NO_PI);
            if (fd < 0 || SystemCall.IOCTL.call(fd, TUNSETIFF, request) < 0) {
                SystemCall.CLOSE.call(fd);
                throw new IllegalStateException("a TAP device cannot be made; this needs root and /dev/net/tun");
            }
            return new Tap(fd);
        }
    }

    /// Reads until it is closed; the body of a thread.
    void read(LongSupplier clock) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4);
            poll.set(ValueLayout.JAVA_INT, 0, fd);
            poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
            MemorySegment buffer = arena.allocate(LARGEST);
            begun = true;
            reading.countDown();
            while (!closed) {
                if (SystemCall.POLL.call(poll, 1L, LOOK_MILLIS) > 0) {
                    readOne(buffer, clock);
                }
            }
        }
        SystemCall.CLOSE.call(fd);
    }

    private void readOne(MemorySegment buffer, LongSupplier clock) {
        long n = SystemCall.READ.call(fd, buffer, buffer.byteSize());
        long at = clock.getAsLong();
        if (n > 0) {
            byte[] frame = buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
            boolean ipv6 = n > 13 && ((frame[12] & 0xFF) << 8 | frame[13] & 0xFF) == ETHERTYPE_IPV6;
            if (!ipv6) {
                frames.add(new Target.Frame(at, frame));
            }
        }
    }

    void write(byte[] frame) {
        try (Arena arena = Arena.ofConfined()) {
            SystemCall.WRITE.call(fd, arena.allocateFrom(ValueLayout.JAVA_BYTE, frame), (long) frame.length);
        }
    }

    /// The next frame; null when none came in so many nanoseconds.
    Target.@Nullable Frame poll(long nanos) {
        try {
            return frames.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /// Waits until the thread of [#read] is there.
    void awaitReader() throws InterruptedException {
        reading.await();
    }

    /// Forgets what came until now.
    void forget() {
        frames.clear();
    }

    /// The reader closes the descriptor; where there is none, it is closed here.
    @Override
    public void close() {
        closed = true;
        if (!begun) {
            SystemCall.CLOSE.call(fd);
        }
    }
}
