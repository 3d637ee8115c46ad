package dev.netstack4j.wire.stream;

import dev.netstack4j.api.hardware.FrameBatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// Bytes that were read from the peer and that the device has not taken yet. Engine context.
final class Inbox {
    private static final int SLOTS = 64;

    private final ReadableByteChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(Framing.BUFFER); // position: the next frame's length
    private final MemorySegment memory = MemorySegment.ofBuffer(bytes);
    private final FrameBatch batch = new FrameBatch(SLOTS, SLOTS);
    private boolean ended;
    private boolean malformed;

    Inbox(ReadableByteChannel channel) {
        this.channel = channel;
        bytes.limit(0);
    }

    /// Reads what there is, unless whole frames still wait.
    ///
    /// @return the waiting frames, perhaps none
    FrameBatch fill() throws IOException {
        parse();
        if (batch.size() == 0 && !malformed && !ended) {
            read();
            parse();
        }
        return batch;
    }

    private void read() throws IOException {
        bytes.compact();
        try {
            ended = channel.read(bytes) < 0;
        } finally {
            bytes.flip();
        }
    }

    private void parse() {
        batch.clear();
        int at = bytes.position();
        while (batch.hasRoom(1) && bytes.limit() - at >= Framing.PREFIX) {
            int length = bytes.getInt(at);
            if (!Framing.isFrame(length)) {
                malformed = true;
                return;
            }
            if (bytes.limit() - at < Framing.PREFIX + length) {
                return;
            }
            batch.addPiece(memory, at + (long) Framing.PREFIX, length);
            batch.endFrame();
            at += Framing.PREFIX + length;
        }
    }

    /// The device has taken the first `frames` of the last batch.
    void taken(int frames) {
        int at = bytes.position();
        for (int f = 0; f < frames; f++) {
            at += Framing.PREFIX + batch.frameLength(f);
        }
        bytes.position(at);
    }

    /// Whether the peer has closed its side.
    boolean hasEnded() {
        return ended;
    }

    /// Whether a length was read that no frame has: what follows cannot be understood.
    boolean isMalformed() {
        return malformed;
    }
}
