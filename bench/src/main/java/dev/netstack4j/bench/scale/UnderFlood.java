package dev.netstack4j.bench.scale;

import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.SystemCalls;

/// A transfer that goes on, and short connections one after the other to the port that is flooded, with and without the
/// flood.
final class UnderFlood {
    private static final int BULK = 8000;
    private static final int SHORT = 8080;
    private static final int BACKLOG = 128;
    private static final int CHUNK = 128 << 10;

    private final ScaleHosts hosts;
    private int run; // each has ports of its own, because something of the last may be in TIME-WAIT
    private volatile boolean stop;
    private volatile long bytes;
    private volatile long connections;
    private volatile long longestNanos;

    UnderFlood(ScaleHosts hosts) {
        this.hosts = hosts;
    }

    /// What was measured.
    ///
    /// @param gigabits     of payload in a second, of the transfer
    /// @param perSecond    short connections
    /// @param longestMilli the longest of them
    /// @param syns         of the flood in a second
    record Result(double gigabits, double perSecond, double longestMilli, double syns) {}

    Result run(boolean flooded, long warmUpMillis, long millis) throws Exception {
        run++;
        SystemCalls server = hosts.server.sockets();
        int bulk = Calls.listen(server, SocketType.STREAM, ScaleHosts.server(BULK + run), 1);
        int shorts = Calls.listen(server, SocketType.STREAM, ScaleHosts.server(SHORT + run), BACKLOG);
        stop = false;
        StackRuntime.AppThread[] threads = {
            hosts.runtime.start("read", () -> read(server, bulk)),
            hosts.runtime.start("write", this::write),
            hosts.runtime.start("serve", () -> serve(server, shorts)),
            hosts.runtime.start("ask", this::ask),
        };
        SynFlood flood = new SynFlood(hosts, SHORT + run);
        StackRuntime.AppThread flooder = flooded ? flood.begin() : null;
        Thread.sleep(warmUpMillis);
        longestNanos = 0;
        long bytesBefore = bytes;
        long connectionsBefore = connections;
        long synsBefore = flood.sent();
        long begin = System.nanoTime();
        Thread.sleep(millis);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Result result = new Result(
                (bytes - bytesBefore) * 8 / seconds / 1e9,
                (connections - connectionsBefore) / seconds,
                longestNanos / 1e6,
                (flood.sent() - synsBefore) / seconds);
        flood.stop();
        if (flooder != null) {
            flooder.join();
        }
        stop = true;
        for (StackRuntime.AppThread t : threads) {
            t.join();
        }
        server.close(bulk);
        return result;
    }

    private void read(SystemCalls server, int listener) {
        int fd = Calls.good("accept", server.accept(listener));
        byte[] buffer = new byte[CHUNK];
        for (long n = server.read(fd, buffer, 0, CHUNK); n > 0; n = server.read(fd, buffer, 0, CHUNK)) {
            bytes += n;
        }
        server.close(fd);
    }

    private void write() {
        SystemCalls client = hosts.client.sockets();
        int fd = Calls.connect(client, ScaleHosts.server(BULK + run));
        byte[] buffer = new byte[CHUNK];
        while (!stop) {
            Calls.good("write", client.write(fd, buffer, 0, CHUNK));
        }
        client.close(fd);
    }

    private void serve(SystemCalls server, int listener) {
        byte[] one = new byte[1];
        boolean last = false;
        while (!last) {
            int fd = Calls.good("accept", server.accept(listener));
            Calls.good("read", server.read(fd, one, 0, 1));
            Calls.good("write", server.write(fd, one, 0, 1));
            last = one[0] != 0;
            server.close(fd);
        }
        server.close(listener);
    }

    /// Connects, exchanges a byte, closes.
    private void ask() {
        SystemCalls client = hosts.client.sockets();
        byte[] one = new byte[1];
        boolean last = false;
        while (!last) {
            last = stop;
            one[0] = (byte) (last ? 1 : 0);
            long begin = System.nanoTime();
            int fd = Calls.connect(client, ScaleHosts.server(SHORT + run));
            Calls.good("write", client.write(fd, one, 0, 1));
            Calls.good("read", client.read(fd, one, 0, 1));
            longestNanos = Math.max(longestNanos, System.nanoTime() - begin);
            connections++;
            client.close(fd);
        }
    }
}
