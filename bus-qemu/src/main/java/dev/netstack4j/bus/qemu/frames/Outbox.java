package dev.netstack4j.bus.qemu.frames;

import dev.netstack4j.api.hardware.FrameBatch;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Frames on their way to the device, each behind its length in four bytes. Guarded by its owner's lock.
final class Outbox {
    private static final int SIZE = 1 << 18;
    /// An Ethernet header: without one it is no frame, and an empty one would stand in QEMU's queue for ever.
    private static final int SHORTEST = 14;
    /// At a longer one QEMU ends the connection.
    private static final int LONGEST = 4096 + 65536;

    private final SocketChannel channel;
    private final MemorySegment memory;
    private final ByteBuffer buffer;

    Outbox(SocketChannel channel, Arena arena) {
        this.channel = channel;
        memory = arena.allocate(SIZE, 64);
        buffer = memory.asByteBuffer();
    }

    /// Whether QEMU takes a frame of that many bytes for one.
    static boolean carries(int bytes) {
        return bytes >= SHORTEST && bytes <= LONGEST;
    }

    /// Takes a frame, unless there is no room now.
    boolean add(FrameBatch batch, int f) {
        int bytes = batch.frameLength(f);
        if (buffer.remaining() < bytes + Integer.BYTES) {
            return false;
        }
        int at = buffer.position();
        buffer.putInt(at, bytes);
        batch.copyFrame(f, memory, at + (long) Integer.BYTES, bytes);
        buffer.position(at + Integer.BYTES + bytes);
        return true;
    }

    /// Sends what the socket takes.
    void flush() throws IOException {
        buffer.flip();
        try {
            int sent = 1;
            while (sent > 0 && buffer.hasRemaining()) {
                sent = channel.write(buffer);
            }
        } finally {
            buffer.compact();
        }
    }

    boolean isEmpty() {
        return buffer.position() == 0;
    }
}
