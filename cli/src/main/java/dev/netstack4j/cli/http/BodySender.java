package dev.netstack4j.cli.http;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.cli.services.Peer;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/// Sends answers: the head together with the first bytes of the body, then the file in large pieces through one
/// off-heap buffer, which the file is read into and the stack copies from.
final class BodySender implements AutoCloseable {
    private static final int BUFFER = 256 << 10;
    private static final int SMALL_BUFFER = 16 << 10;

    private final Peer peer;
    private final Arena arena = Arena.ofConfined();
    private final Message message = new Message();
    private MemorySegment segment = arena.allocate(SMALL_BUFFER);
    private ByteBuffer buffer = segment.asByteBuffer();

    BodySender(Peer peer) {
        this.peer = peer;
    }

    void send(Answer answer, Instant now, boolean keepAlive, boolean withBody) throws IOException {
        buffer.clear();
        buffer.put(answer.head(now, keepAlive));
        Path file = answer.file();
        ByteRange range = answer.range();
        if (withBody && file != null && range != null) {
            sendFile(file, range);
        } else if (withBody) {
            buffer.put(answer.text());
        }
        flush();
    }

    private void sendFile(Path file, ByteRange range) throws IOException {
        if (range.length() > SMALL_BUFFER / 2 && buffer.capacity() < BUFFER) {
            grow();
        }
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long at = range.first();
            long left = range.length();
            while (left > 0) {
                buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + left));
                int n = in.read(buffer, at);
                if (n < 0) {
                    throw new EOFException(file + " became shorter");
                }
                at += n;
                left -= n;
                if (left > 0) {
                    flush();
                }
            }
        }
    }

    private void grow() {
        MemorySegment large = arena.allocate(BUFFER);
        ByteBuffer largeBuffer = large.asByteBuffer();
        largeBuffer.put(buffer.flip());
        segment = large;
        buffer = largeBuffer;
    }

    private void flush() throws NetException {
        int length = buffer.position();
        int done = 0;
        while (done < length) {
            message.segments(segment.asSlice(done, length - done));
            done += (int) NetException.check(peer.calls().sendmsg(peer.socket().fd(), message), "write");
        }
        buffer.clear();
    }

    @Override
    public void close() {
        arena.close();
    }
}
