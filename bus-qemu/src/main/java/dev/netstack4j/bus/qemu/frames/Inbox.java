package dev.netstack4j.bus.qemu.frames;

import dev.netstack4j.api.hardware.FrameBatch;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Frames that the device has sent and the wire has not taken yet. Engine context.
final class Inbox {
    private static final int SIZE = 1 << 18;
    private static final int MOST_FRAMES = 128;

    private final SocketChannel channel;
    private final MemorySegment memory;
    private final ByteBuffer buffer;
    private final FrameBatch batch = new FrameBatch(MOST_FRAMES, MOST_FRAMES);
    private int start;

    Inbox(SocketChannel channel, Arena arena) {
        this.channel = channel;
        memory = arena.allocate(SIZE, 64);
        buffer = memory.asByteBuffer();
    }

    /// Reads what there is and there is room for.
    ///
    /// @return bytes read; 0 when there are none; -1 when the device is gone
    int fill() throws IOException {
        if (start > 0) {
            int rest = buffer.position() - start;
            MemorySegment.copy(memory, start, memory, 0, rest);
            buffer.position(rest);
            start = 0;
        }
        return channel.read(buffer);
    }

    /// The whole frames that wait.
    FrameBatch frames() {
        batch.clear();
        int at = start;
        while (batch.hasRoom(1) && buffer.position() - at >= Integer.BYTES) {
            int bytes = buffer.getInt(at);
            if (buffer.position() - at - Integer.BYTES < bytes) {
                break;
            }
            batch.addPiece(memory, at + (long) Integer.BYTES, bytes);
            batch.endFrame();
            at += Integer.BYTES + bytes;
        }
        return batch;
    }

    /// The wire has taken the first `frames` of [#frames()].
    void taken(int frames) {
        for (int f = 0; f < frames; f++) {
            start += Integer.BYTES + buffer.getInt(start);
        }
    }
}
