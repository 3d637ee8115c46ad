package dev.netstack4j.nic.tap.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// An `eventfd`: any thread signals it, one thread polls it and takes the signal.
public final class EventCounter {
    private final CallState taking;
    private final CallState signalling;
    private final MemorySegment one;
    private final MemorySegment taken;
    private final int fd;

    /// Opens it; a negative [#fd] is an error.
    public EventCounter(Arena arena) {
        taking = new CallState(arena);
        signalling = new CallState(arena);
        one = arena.allocate(ValueLayout.JAVA_LONG);
        one.set(ValueLayout.JAVA_LONG, 0, 1);
        taken = arena.allocate(ValueLayout.JAVA_LONG);
        fd = LibC.eventfd(taking, 0, LibC.NONBLOCK_CLOEXEC);
    }

    /// The descriptor.
    public int fd() {
        return fd;
    }

    /// Makes it readable. Any thread: what concurrent calls leave in `errno` is not looked at.
    public void signal() {
        LibC.write(signalling, fd, one, Long.BYTES);
    }

    /// Makes it unreadable. The polling thread.
    public void take() {
        LibC.read(taking, fd, taken);
    }

    /// Closes it.
    public void close() {
        LibC.close(taking, fd);
    }
}
