package dev.netstack4j.wire.stream;

import dev.netstack4j.api.hardware.FrameBatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Frames for the peer that its socket has not taken yet. Used under the wire's lock.
final class Outbox {
    private final WritableByteChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(Framing.BUFFER); // 0 to position: not written
    private final MemorySegment memory = MemorySegment.ofBuffer(bytes);

    private int lost;

    Outbox(WritableByteChannel channel) {
        this.channel = channel;
    }

    /// Takes frames, as many as fit, and writes what the socket takes.
    ///
    /// @return frames taken
    int offer(FrameBatch batch) throws IOException {
        int taken = 0;
        boolean open = true;
        while (open && taken < batch.size()) {
            taken += collect(batch, taken);
            open = flush();
        }
        return open ? taken : taken + collect(batch, taken);
    }

    private int collect(FrameBatch batch, int from) {
        int f = from;
        while (f < batch.size() && put(batch, f)) {
            f++;
        }
        return f - from;
    }

    private boolean put(FrameBatch batch, int f) {
        int length = batch.frameLength(f);
        if (!Framing.isFrame(length) || (batch.flags(f) & FrameBatch.BAD_FCS) != 0) {
            lost++; // the peer would take the one for the end of all sense, the other for a good frame
            return true;
        }
        if (bytes.remaining() < Framing.PREFIX + length) {
            return false;
        }
        bytes.putInt(length);
        batch.copyFrame(f, memory, bytes.position(), length);
        bytes.position(bytes.position() + length);
        return true;
    }

    /// Writes what the socket takes.
    ///
    /// @return whether nothing is left
    boolean flush() throws IOException {
        bytes.flip();
        try {
            channel.write(bytes);
        } finally {
            bytes.compact();
        }
        return isEmpty();
    }

    /// Frames since the last call that the framing cannot carry.
    int takeLost() {
        int n = lost;
        lost = 0;
        return n;
    }

    /// Whether all was written.
    boolean isEmpty() {
        return bytes.position() == 0;
    }
}
