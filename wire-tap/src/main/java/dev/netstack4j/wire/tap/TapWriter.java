package dev.netstack4j.wire.tap;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.wire.tap.linux.CallState;
import dev.netstack4j.wire.tap.linux.LibC;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Writes frames to the TAP. Engine context, one caller at a time.
final class TapWriter {
    private static final int LONGEST = 65536;

    private final int fd;
    private final CallState state;
    private final MemorySegment frame;
    private long lost;

    TapWriter(Arena arena, int fd) {
        this.fd = fd;
        state = new CallState(arena);
        frame = arena.allocate(LONGEST, 64);
    }

    /// Writes a batch.
    ///
    /// @return frames taken; fewer than all means that the kernel is full for now
    int write(FrameBatch batch) {
        for (int f = 0; f < batch.size(); f++) {
            if ((batch.flags(f) & FrameBatch.BAD_FCS) != 0) {
                lost++; // the kernel cannot be told that it is damaged
                continue;
            }
            int length = batch.copyFrame(f, frame, 0, LONGEST);
            int result = LibC.write(state, fd, frame, length);
            if (result == Errno.EAGAIN.negative() || result == Errno.ENOBUFS.negative()) {
                return f;
            }
            if (result < 0) {
                lost++; // the host's side is down or gone, or refuses the frame
            }
        }
        return batch.size();
    }

    /// Frames that the kernel refused, and damaged ones.
    long lost() {
        return lost;
    }
}
