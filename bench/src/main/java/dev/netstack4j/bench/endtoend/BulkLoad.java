package dev.netstack4j.bench.endtoend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// Bulk data over some connections at once, each with a thread of its own. What moves in the first fifth is not
/// counted: windows grow meanwhile.
final class BulkLoad {
    private static final double BITS = 8e-9;
    private static final int GRACE_MILLIS = 2000;

    private final String address;
    private final long nanos;
    private final boolean out;
    private final List<Stream> streams = new ArrayList<>();
    private long begins;

    /// @param nanos how long to measure
    /// @param out   to the measured host, else from it
    BulkLoad(String address, long nanos, boolean out) {
        this.address = address;
        this.nanos = nanos;
        this.out = out;
    }

    /// Gigabits a second of all connections together.
    double run(int count) throws IOException {
        start(count);
        return end();
    }

    void start(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            streams.add(new Stream(Generator.connect(address, out ? Ports.SINK : Ports.SOURCE)));
        }
        begins = System.nanoTime() + nanos / 5;
        streams.forEach(s -> s.thread.start());
    }

    /// When counting begins.
    long begins() {
        return begins;
    }

    /// Waits for all and adds up.
    double end() throws IOException {
        long bytes = 0;
        for (Stream s : streams) {
            s.end();
            bytes += s.bytes;
        }
        return bytes * BITS / (nanos * 1e-9);
    }

    private final class Stream implements Runnable {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(Ports.CHUNK);
        private final SocketChannel channel;
        final Thread thread = Thread.ofPlatform().unstarted(this);
        volatile long bytes;

        Stream(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void run() {
            long moved = 0;
            try {
                for (long since = since(); since < nanos; since = since()) {
                    buffer.clear();
                    int n = out ? channel.write(buffer) : channel.read(buffer);
                    if (n < 0) {
                        break;
                    }
                    moved += since >= 0 ? n : 0;
                }
            } catch (IOException e) {
                // Closed because it did not end in time; what moved counts.
            }
            bytes = moved;
        }

        private long since() {
            return System.nanoTime() - begins;
        }

        void end() throws IOException {
            try {
                thread.join(Math.max(1, -(since() - nanos) / 1_000_000) + GRACE_MILLIS);
                channel.close();
                thread.join();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
