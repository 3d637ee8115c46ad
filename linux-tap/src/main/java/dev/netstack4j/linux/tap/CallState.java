package dev.netstack4j.linux.tap;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/// Where a call leaves `errno`. Each thread that calls at the same time as another needs one of its own.
public final class CallState {
    private static final StructLayout LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MemorySegment segment;

    /// Lives as long as the arena.
    public CallState(Arena arena) {
        segment = arena.allocate(LAYOUT);
    }

    MemorySegment segment() {
        return segment;
    }

    /// A result as the kernel gives it: `result`, or the negative error that C keeps beside it.
    long outcome(long result) {
        return result >= 0 ? result : -(int) ERRNO.get(segment, 0L);
    }
}
