package dev.netstack4j.wire.tap;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.wire.tap.linux.CallState;
import dev.netstack4j.wire.tap.linux.LibC;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Frames that were read from the TAP and that the device has not taken yet. Engine context.
final class TapReader {
    private static final int SLOTS = 64;
    /// Link-layer header, VLAN tag, and room that shows a frame that is too long.
    private static final int SLACK = 14 + 4 + 46;

    private final int fd;
    private final CallState state;
    private final MemorySegment memory;
    private final MemorySegment[] slots = new MemorySegment[SLOTS];
    private final int[] length = new int[SLOTS];
    private final FrameBatch batch = new FrameBatch(SLOTS, SLOTS);
    private int first;
    private int end;
    private int failure;
    private long tooLong;

    TapReader(Arena arena, int fd, int mtu) {
        this.fd = fd;
        state = new CallState(arena);
        int slotSize = (mtu + SLACK + 63) / 64 * 64;
        memory = arena.allocate((long) slotSize * SLOTS, 64);
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = memory.asSlice((long) i * slotSize, slotSize);
        }
    }

    /// Reads what there is, unless frames still wait.
    ///
    /// @return the waiting frames, perhaps none
    FrameBatch fill() {
        if (first == end) {
            read();
        }
        batch.clear();
        long slotSize = slots[0].byteSize();
        for (int i = first; i < end; i++) {
            batch.addPiece(memory, i * slotSize, length[i]);
            batch.endFrame();
        }
        return batch;
    }

    private void read() {
        first = 0;
        end = 0;
        while (end < SLOTS) {
            int n = LibC.read(state, fd, slots[end]);
            if (n <= 0) {
                failure = n;
                return;
            }
            if (n < slots[end].byteSize()) {
                length[end++] = n;
            } else {
                tooLong++;
            }
        }
    }

    /// The device has taken the first `frames`.
    void taken(int frames) {
        first += frames;
    }

    /// Whether frames wait that the device has not taken.
    boolean hasFrames() {
        return first < end;
    }

    /// The error that ended the last reading: 0 or negative.
    int failure() {
        return failure;
    }

    /// Frames longer than the MTU allows, which were left out.
    long tooLong() {
        return tooLong;
    }
}
