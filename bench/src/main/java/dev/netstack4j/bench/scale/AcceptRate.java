package dev.netstack4j.bench.scale;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.EventPoll;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.statistics.Counters;

/// Connections a second: the client connects and closes, the server accepts and closes. The client keeps some connects
/// going at once from one thread, the server accepts in one other; both hosts, both cards and the cable are part of it.
/// Several ports and reuse of what is in TIME-WAIT for a second (`tcp_tw_reuse`) leave enough ports.
final class AcceptRate {
    private static final int PORTS = 8;
    private static final int AT_ONCE = 128;
    private static final int BACKLOG = 4096;
    private static final int NONBLOCKING = SocketType.STREAM | SocketType.NONBLOCK;

    private final ScaleHosts hosts;
    private final InetSockAddress[] addresses = new InetSockAddress[PORTS];
    private volatile boolean stop;
    private volatile long accepted;
    private long refused;

    AcceptRate(ScaleHosts hosts) {
        this.hosts = hosts;
        for (int i = 0; i < PORTS; i++) {
            addresses[i] = ScaleHosts.server(9000 + i);
        }
    }

    /// What was measured.
    ///
    /// @param perSecond  accepted in a second
    /// @param cpuMicros  CPU of the whole process for one of them
    /// @param refused    connects that failed
    /// @param timeWaits  taken over from TIME-WAIT
    record Result(double perSecond, double cpuMicros, long refused, long timeWaits) {}

    /// Measures for a while after having warmed up for another.
    Result run(long warmUpMillis, long millis) throws Exception {
        SystemCalls server = hosts.server.sockets();
        EventPoll ready = server.eventPoll();
        for (int i = 0; i < PORTS; i++) {
            int fd = Calls.listen(server, NONBLOCKING, addresses[i], BACKLOG);
            ready.add(fd, PollEvents.IN, fd);
        }
        StackRuntime.AppThread acceptor = hosts.runtime.start("accept", () -> accept(server, ready));
        StackRuntime.AppThread opener = hosts.runtime.start("open", this::open);
        Thread.sleep(warmUpMillis);
        long before = accepted;
        long cpu = Cpu.nanos();
        long begin = System.nanoTime();
        Thread.sleep(millis);
        long n = accepted - before;
        double seconds = (System.nanoTime() - begin) / 1e9;
        double micros = (Cpu.nanos() - cpu) / 1e3 / Math.max(1, n);
        stop = true;
        opener.join();
        ready.close();
        acceptor.join();
        long recycled = hosts.client.service(Counters.class).value("TcpExt.TWRecycled");
        return new Result(n / seconds, micros, refused, recycled);
    }

    private void accept(SystemCalls server, EventPoll ready) {
        int[] events = new int[PORTS];
        long[] data = new long[PORTS];
        int n = ready.await(events, data, -1);
        while (n > 0) {
            for (int i = 0; i < n; i++) {
                acceptAll(server, (int) data[i]);
            }
            n = ready.await(events, data, -1);
        }
    }

    private void acceptAll(SystemCalls server, int listener) {
        int fd = server.accept(listener);
        while (fd >= 0) {
            accepted++;
            server.close(fd);
            fd = server.accept(listener);
        }
    }

    private void open() {
        SystemCalls client = hosts.client.sockets();
        EventPoll connected = client.eventPoll();
        int[] events = new int[AT_ONCE];
        long[] data = new long[AT_ONCE];
        int going = 0;
        for (int next = 0; !stop || going > 0; ) {
            while (!stop && going < AT_ONCE) {
                going += begin(client, connected, next) ? 1 : 0;
                next = (next + 1) % PORTS;
            }
            int n = Calls.good("wait", connected.await(events, data, -1));
            for (int i = 0; i < n; i++) {
                refused += (events[i] & PollEvents.ERR) == 0 ? 0 : 1;
                client.close((int) data[i]);
            }
            going -= n;
        }
        connected.close();
    }

    private boolean begin(SystemCalls client, EventPoll connected, int number) {
        int fd = Calls.socket(client, NONBLOCKING);
        int result = client.connect(fd, addresses[number]);
        if (result == 0 || result == Errno.EINPROGRESS.negative()) {
            connected.add(fd, PollEvents.OUT, fd);
            return true;
        }
        refused++;
        client.close(fd);
        return false;
    }
}
