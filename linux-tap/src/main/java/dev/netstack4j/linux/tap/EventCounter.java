package dev.netstack4j.linux.tap;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// An `eventfd`: any thread signals it, one thread polls it and takes the signal.
final class EventCounter {
    private final CallState taking;
    private final CallState signalling;
    private final MemorySegment one;
    private final MemorySegment taken;
    private final int fd;

    /// Opens it; a negative [#fd] is an error.
    EventCounter(Arena arena) {
        taking = new CallState(arena);
        signalling = new CallState(arena);
        one = arena.allocate(ValueLayout.JAVA_LONG);
        one.set(ValueLayout.JAVA_LONG, 0, 1);
        taken = arena.allocate(ValueLayout.JAVA_LONG);
        fd = LibC.eventfd(taking, 0, LibC.NONBLOCK_CLOEXEC);
    }

    /// The descriptor.
    int fd() {
        return fd;
    }

    /// Makes it readable. Any thread: what concurrent calls leave in `errno` is not looked at.
    void signal() {
        LibC.write(signalling, fd, one, Long.BYTES);
    }

    /// Makes it unreadable. The polling thread.
    void take() {
        LibC.read(taking, fd, taken);
    }

    /// Closes it.
    void close() {
        LibC.close(taking, fd);
    }
}
