package dev.netstack4j.wire.tap;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.linux.tap.CallState;
import dev.netstack4j.linux.tap.IoVectors;
import dev.netstack4j.linux.tap.Tap;
import java.lang.foreign.MemorySegment;

/// Writes frames to the TAP. Engine context, one caller at a time.
final class TapWriter {
    private static final int LONGEST = 65536;

    private final int fd;
    private final CallState state;
    private final IoVectors place;
    private final MemorySegment frame;
    private long lost;

    TapWriter(Tap tap) {
        fd = tap.fd();
        state = new CallState(tap.arena());
        place = new IoVectors(tap.arena(), 1);
        frame = tap.arena().allocate(LONGEST, 64);
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
            place.keep(0);
            place.add(frame.address(), length);
            int result = place.write(state, fd);
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
