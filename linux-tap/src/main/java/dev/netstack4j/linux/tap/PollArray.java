package dev.netstack4j.linux.tap;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// An array of `struct pollfd` (int fd, short events, short revents) and the `struct timespec` of the wait.
final class PollArray {
    /// Something can be read.
    static final int POLLIN = 0x1;
    /// Something can be written.
    static final int POLLOUT = 0x4;

    private static final int ENTRY = 8;
    private static final int EVENTS = 4;
    private static final int RESULT = 6;
    private static final long SECOND = 1_000_000_000L;

    private final MemorySegment entries;
    private final MemorySegment timeout;
    private final int size;

    /// For `size` descriptors; lives as long as the arena.
    PollArray(Arena arena, int size) {
        this.size = size;
        entries = arena.allocate((long) size * ENTRY, 8);
        timeout = arena.allocate(16, 8);
    }

    /// Sets descriptor `i` and what it is polled for; a negative descriptor is skipped.
    void set(int i, int fd, int events) {
        entries.set(ValueLayout.JAVA_INT, (long) i * ENTRY, fd);
        entries.set(ValueLayout.JAVA_SHORT, (long) i * ENTRY + EVENTS, (short) events);
        entries.set(ValueLayout.JAVA_SHORT, (long) i * ENTRY + RESULT, (short) 0);
    }

    /// What the last wait found at descriptor `i`.
    int found(int i) {
        return entries.get(ValueLayout.JAVA_SHORT, (long) i * ENTRY + RESULT);
    }

    /// Waits.
    ///
    /// @param nanos longest wait; negative for ever
    /// @return number of descriptors with something found, or a negative error
    int await(CallState state, long nanos) {
        if (nanos < 0) {
            return LibC.ppoll(state, entries, size, MemorySegment.NULL);
        }
        timeout.set(ValueLayout.JAVA_LONG, 0, nanos / SECOND);
        timeout.set(ValueLayout.JAVA_LONG, 8, nanos % SECOND);
        return LibC.ppoll(state, entries, size, timeout);
    }
}
