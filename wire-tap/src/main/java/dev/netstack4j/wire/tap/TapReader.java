package dev.netstack4j.wire.tap;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.linux.tap.CallState;
import dev.netstack4j.linux.tap.IoVectors;
import dev.netstack4j.linux.tap.Tap;
import java.lang.foreign.MemorySegment;

/// Frames that were read from the TAP and that the device has not taken yet. Engine context.
final class TapReader {
    private static final int SLOTS = 64;
    /// Link-layer header, VLAN tag, and room that shows a frame that is too long.
    private static final int SLACK = 14 + 4 + 46;

    private final int fd;
    private final CallState state;
    private final MemorySegment memory;
    private final IoVectors place;
    private final int slotSize;
    private final int[] length = new int[SLOTS];
    private final FrameBatch batch = new FrameBatch(SLOTS, SLOTS);
    private int first;
    private int end;
    private int failure;
    private long tooLong;

    TapReader(Tap tap, int mtu) {
        fd = tap.fd();
        state = new CallState(tap.arena());
        place = new IoVectors(tap.arena(), 1);
        slotSize = (mtu + SLACK + 63) / 64 * 64;
        memory = tap.arena().allocate((long) slotSize * SLOTS, 64);
    }

    /// Reads what there is, unless frames still wait.
    ///
    /// @return the waiting frames, perhaps none
    FrameBatch fill() {
        if (first == end) {
            read();
        }
        batch.clear();
        for (int i = first; i < end; i++) {
            batch.addPiece(memory, (long) i * slotSize, length[i]);
            batch.endFrame();
        }
        return batch;
    }

    private void read() {
        first = 0;
        end = 0;
        while (end < SLOTS) {
            place.keep(0);
            place.add(memory.address() + (long) end * slotSize, slotSize);
            int n = place.read(state, fd);
            if (n <= 0) {
                failure = n;
                return;
            }
            if (n < slotSize) {
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
