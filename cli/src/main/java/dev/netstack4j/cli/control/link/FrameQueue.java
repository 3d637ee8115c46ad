package dev.netstack4j.cli.control.link;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.runtime.WaitResult;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Emitted frames that nobody has asked for yet, up to a bound; what comes beyond is counted.
final class FrameQueue {
    /// Frames kept at most.
    static final int MOST_FRAMES = 4096;
    /// Bytes kept at most.
    static final int MOST_BYTES = 16 << 20;

    private final WaitQueue waiting;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>(); // under this object's monitor, as all below
    private long bytes;
    private long dropped;

    FrameQueue(WaitQueue waiting) {
        this.waiting = waiting;
    }

    void add(Frame frame, Cpu cpu) {
        synchronized (this) {
            if (frames.size() == MOST_FRAMES || bytes + frame.bytes().length > MOST_BYTES) {
                dropped++;
                return;
            }
            frames.add(frame);
            bytes += frame.bytes().length;
        }
        waiting.wakeAll(cpu);
    }

    /// The oldest frame, or null.
    synchronized @Nullable Frame poll() {
        Frame f = frames.poll();
        bytes -= f == null ? 0 : f.bytes().length;
        return f;
    }

    synchronized boolean isEmpty() {
        return frames.isEmpty();
    }

    /// Frames lost since the last call.
    synchronized long takeDropped() {
        long n = dropped;
        dropped = 0;
        return n;
    }

    /// Waits until there is a frame.
    ///
    /// @param deadlineNanos on the runtime's clock
    WaitResult await(long deadlineNanos) {
        while (true) {
            long ticket = waiting.ticket();
            if (!isEmpty()) {
                return WaitResult.WOKEN;
            }
            WaitResult result = waiting.await(ticket, deadlineNanos);
            if (result != WaitResult.WOKEN) {
                return result;
            }
        }
    }
}
