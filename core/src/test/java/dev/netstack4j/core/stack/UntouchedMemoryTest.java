package dev.netstack4j.core.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class UntouchedMemoryTest {
    private static final long BYTES = 8 << 20;

    @Test
    void is_zero_can_be_written_and_is_nobody_elses() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment one = UntouchedMemory.allocate(BYTES, arena);
            MemorySegment other = UntouchedMemory.allocate(BYTES, arena);
            assertEquals(BYTES, one.byteSize());
            assertEquals(-1, one.mismatch(other), "both are zero");
            one.fill((byte) 1);
            assertEquals(1, one.get(ValueLayout.JAVA_BYTE, BYTES - 1));
            assertEquals(0, other.get(ValueLayout.JAVA_BYTE, BYTES - 1));
        }
    }

    @Test
    void ends_with_its_arena() {
        MemorySegment memory;
        try (Arena arena = Arena.ofShared()) {
            memory = UntouchedMemory.allocate(BYTES, arena);
        }
        assertFalse(memory.scope().isAlive());
    }
}
