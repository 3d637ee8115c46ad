package dev.netstack4j.linux.tap;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// An array of `struct iovec`: address and length of each place that one call reads into or writes from.
public final class IoVectors {
    private static final int ENTRY = 16;

    private final MemorySegment entries;
    private int count;

    /// Room for `most` places; lives as long as the arena.
    public IoVectors(Arena arena, int most) {
        entries = arena.allocate((long) most * ENTRY, 8);
    }

    /// Forgets all but the first `kept` places.
    public void keep(int kept) {
        count = kept;
    }

    /// Adds a place.
    public void add(long address, long length) {
        entries.set(ValueLayout.JAVA_LONG, (long) count * ENTRY, address);
        entries.set(ValueLayout.JAVA_LONG, (long) count * ENTRY + 8, length);
        count++;
    }

    /// Reads.
    ///
    /// @return bytes, or a negative error
    public int read(CallState state, int fd) {
        return LibC.readv(state, fd, entries, count);
    }

    /// Writes.
    ///
    /// @return bytes, or a negative error
    public int write(CallState state, int fd) {
        return LibC.writev(state, fd, entries, count);
    }
}
