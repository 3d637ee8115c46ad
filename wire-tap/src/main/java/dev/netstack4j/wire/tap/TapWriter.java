package dev.netstack4j.wire.tap;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.linux.tap.CallState;
import dev.netstack4j.linux.tap.IoVectors;
import dev.netstack4j.linux.tap.Tap;
import dev.netstack4j.linux.tap.VirtioNetHeader;
import java.lang.foreign.MemorySegment;

/// Writes frames to the TAP, each with one system call: from where their bytes lie, or, where these are many places,
/// copied together. Engine context, one caller at a time.
final class TapWriter {
    private static final int LONGEST = 65536 + 64;
    private static final int MOST_PLACES = 64;

    private final int fd;
    private final CallState state;
    private final IoVectors places;
    private final VirtioNetHeader header;
    private final int headers;
    private final MemorySegment frame;
    private long lost;

    TapWriter(Tap tap, boolean withHeaders) {
        fd = tap.fd();
        state = new CallState(tap.arena());
        places = new IoVectors(tap.arena(), MOST_PLACES + 1);
        header = new VirtioNetHeader(tap.arena());
        frame = tap.arena().allocate(LONGEST, 64);
        headers = withHeaders ? 1 : 0;
        if (withHeaders) {
            places.add(header.address(), VirtioNetHeader.LENGTH);
        }
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
            if (headers > 0) {
                describe(batch, f);
            }
            aim(batch, f);
            int result = places.write(state, fd);
            if (result == Errno.EAGAIN.negative() || result == Errno.ENOBUFS.negative()) {
                return f;
            }
            if (result < 0) {
                lost++; // the host's side is down or gone, or refuses the frame
            }
        }
        return batch.size();
    }

    private void describe(FrameBatch batch, int f) {
        header.clear();
        if ((batch.flags(f) & FrameBatch.NEEDS_CSUM) != 0) {
            header.needsChecksum(batch.csumStart(f), batch.csumOffset(f));
        }
        if (batch.gsoType(f) == FrameBatch.GSO_TCPV4) {
            header.segments(VirtioNetHeader.GSO_TCPV4, batch.headerLength(f), batch.gsoSize(f));
        }
    }

    private void aim(FrameBatch batch, int f) {
        places.keep(headers);
        int first = batch.firstPiece(f);
        int end = batch.firstPiece(f + 1);
        if (end - first > MOST_PLACES || !isNative(batch, first, end)) {
            places.add(frame.address(), batch.copyFrame(f, frame, 0, LONGEST));
            return;
        }
        for (int p = first; p < end; p++) {
            places.add(batch.pieceSegment(p).address() + batch.pieceOffset(p), batch.pieceLength(p));
        }
    }

    private static boolean isNative(FrameBatch batch, int first, int end) {
        for (int p = first; p < end; p++) {
            if (!batch.pieceSegment(p).isNative()) {
                return false;
            }
        }
        return true;
    }

    /// Frames that the kernel refused, and damaged ones.
    long lost() {
        return lost;
    }
}
