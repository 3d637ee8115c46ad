package dev.netstack4j.wire.tap;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.linux.tap.CallState;
import dev.netstack4j.linux.tap.IoVectors;
import dev.netstack4j.linux.tap.Tap;
import dev.netstack4j.linux.tap.VirtioNetHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Frames that were read from the TAP and that the device has not taken yet, one behind the other. Engine context.
final class TapReader {
    private static final int SLOTS = 64;
    /// Link-layer header, VLAN tag, and room that shows a frame that is too long.
    private static final int SLACK = 14 + 4 + 46;
    /// Longest super-frame with that.
    private static final int SUPER = 65536 + SLACK;
    /// A few super-frames: more would leave the cache before the device has copied them.
    private static final int MEMORY = 4 * SUPER;

    private static final int TCP_OFFSET = 12;
    private static final int TCP_LEAST = 20;

    private final int fd;
    private final CallState state;
    private final VirtioNetHeader header;
    private final IoVectors places;
    private final int headers;
    private final MemorySegment memory;
    private final int[] at = new int[SLOTS];
    private final int[] length = new int[SLOTS];
    private final int[] flags = new int[SLOTS];
    private final int[] checksum = new int[SLOTS];
    private final int[] segmentBytes = new int[SLOTS];
    private final FrameBatch batch = new FrameBatch(SLOTS, SLOTS);
    private int longest;
    private int first;
    private int end;
    private int failure;
    private long tooLong;

    TapReader(Tap tap, int mtu, boolean withHeaders) {
        fd = tap.fd();
        state = new CallState(tap.arena());
        header = new VirtioNetHeader(tap.arena());
        places = new IoVectors(tap.arena(), 2);
        headers = withHeaders ? 1 : 0;
        longest = mtu + SLACK;
        memory = tap.arena().allocate(MEMORY, 64);
        if (withHeaders) {
            places.add(header.address(), VirtioNetHeader.LENGTH);
        }
    }

    /// Super-frames come as well.
    void expectSuperFrames() {
        longest = SUPER;
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
            batch.addPiece(memory, at[i], length[i]);
            endFrame(i);
        }
        return batch;
    }

    private void read() {
        first = 0;
        end = 0;
        int used = 0;
        while (end < SLOTS && used + longest <= MEMORY) {
            places.keep(headers);
            places.add(memory.address() + used, longest);
            int n = places.read(state, fd);
            if (n <= 0) {
                failure = n;
                return;
            }
            n -= headers * VirtioNetHeader.LENGTH;
            if (n < longest) {
                keep(used, n);
                used = used + n + 63 & ~63;
            } else {
                tooLong++;
            }
        }
    }

    private void keep(int where, int bytes) {
        at[end] = where;
        length[end] = bytes;
        flags[end] = 0;
        segmentBytes[end] = 0;
        if (headers > 0) {
            keepFacts(bytes);
        }
        end++;
    }

    /// What the kernel knows of the frame. What makes no sense is taken for nothing.
    private void keepFacts(int bytes) {
        int start = header.csumStart();
        int offset = header.csumOffset();
        if ((header.flags() & VirtioNetHeader.NEEDS_CSUM) != 0 && start + offset + 2 <= bytes) {
            flags[end] = FrameBatch.NEEDS_CSUM;
            checksum[end] = start << 16 | offset;
            boolean cut = header.gsoType() == VirtioNetHeader.GSO_TCPV4 && start + TCP_LEAST <= bytes;
            segmentBytes[end] = cut ? header.gsoSize() : 0;
        } else if ((header.flags() & VirtioNetHeader.DATA_VALID) != 0) {
            flags[end] = FrameBatch.DATA_VALID;
        }
    }

    private void endFrame(int i) {
        int start = checksum[i] >>> 16;
        int offset = checksum[i] & 0xFFFF;
        if (flags[i] != FrameBatch.NEEDS_CSUM) {
            batch.endFrame(flags[i], 0, 0, FrameBatch.GSO_NONE, 0, 0);
        } else if (segmentBytes[i] == 0) {
            batch.endFrame(flags[i], start, offset, FrameBatch.GSO_NONE, 0, 0);
        } else {
            int tcp = memory.get(ValueLayout.JAVA_BYTE, at[i] + start + TCP_OFFSET) >>> 2 & 0x3C;
            batch.endFrame(flags[i], start, offset, FrameBatch.GSO_TCPV4, segmentBytes[i], start + tcp);
        }
    }

    /// The device has taken the first `frames`.
    void taken(int frames) {
        first += frames;
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
