package dev.netstack4j.bench.scale;

import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.SystemCalls;
import java.lang.management.ManagementFactory;
import java.util.Map;

/// Opens connections between two hosts, leaves them idle, and tells what each end costs: heap after collections, and
/// chunks of the stacks' own memory. Tables, descriptors and everything else that grew is part of it.
final class IdleConnections {
    private static final int PER_PORT = 25_000;
    private static final int BACKLOG = 1024;

    private IdleConnections() {}

    /// What an end costs.
    ///
    /// @param heap     bytes an end
    /// @param offHeap  bytes an end
    /// @param perSecond connections opened in a second, one after the other
    record Result(double heap, double offHeap, double perSecond) {
        double both() {
            return heap + offHeap;
        }
    }

    static Result measure(int connections) throws Exception {
        try (ScaleHosts hosts = new ScaleHosts(Map.of())) {
            open(hosts, 1000, 80); // classes, pools, neighbours
            long heap = heap();
            long offHeap = ScaleHosts.offHeap(hosts.client) + ScaleHosts.offHeap(hosts.server);
            long begin = System.nanoTime();
            for (int done = 0; done < connections; done += PER_PORT) {
                open(hosts, Math.min(PER_PORT, connections - done), 1000 + done / PER_PORT);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            double ends = 2.0 * connections;
            long more = ScaleHosts.offHeap(hosts.client) + ScaleHosts.offHeap(hosts.server) - offHeap;
            return new Result((heap() - heap) / ends, more / ends, connections / seconds);
        }
    }

    private static void open(ScaleHosts hosts, int count, int port) {
        SystemCalls server = hosts.server.sockets();
        SystemCalls client = hosts.client.sockets();
        int listener = Calls.listen(server, SocketType.STREAM, ScaleHosts.server(port), BACKLOG);
        StackRuntime.AppThread acceptor = hosts.runtime.start("accept", () -> {
            for (int i = 0; i < count; i++) {
                Calls.good("accept", server.accept(listener));
            }
        });
        StackRuntime.AppThread opener = hosts.runtime.start("open", () -> {
            for (int i = 0; i < count; i++) {
                Calls.connect(client, ScaleHosts.server(port));
            }
        });
        opener.join();
        acceptor.join();
    }

    private static long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            ManagementFactory.getMemoryMXBean().gc();
            Thread.sleep(200); // late frees of the cards' engines
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
