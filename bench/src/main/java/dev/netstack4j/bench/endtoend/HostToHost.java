package dev.netstack4j.bench.endtoend;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Two hosts of this stack in one process, on an emulated cable, one TCP connection in bulk: how fast, and at what cost
/// of CPU for both hosts and both cards together. CPU time is read from the operating system, so it means something on
/// a busy machine too.
final class HostToHost implements AutoCloseable {
    private static final int MEMORY = 128 << 20;
    private static final String LOOPBACK = "127.0.0.1";
    private static final long LINK_NANOS = 2_000_000_000L;
    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final StackRuntime runtime;
    private final Stack a;
    private final Stack b;
    private volatile boolean stop;

    /// @param superFrames whether the cards segment and packets merge; else every packet is one MTU-size frame
    HostToHost(StackRuntime runtime, boolean superFrames) throws Exception {
        this.runtime = runtime;
        a = host("a", 1, superFrames);
        b = host("b", 2, superFrames);
        runtime.start("link", () -> runtime.pause(LINK_NANOS)).join();
    }

    private Stack host(String name, int number, boolean superFrames) throws Exception {
        Stack stack = StackFactory.find()
                .builder()
                .name(name)
                .runtime(runtime)
                .memory(MEMORY)
                .discover(HostToHost.class.getClassLoader())
                .build();
        Wire wire = stack.hardware().wire("cable", Map.of("name", "bench"));
        NetDevice card = stack.hardware().plug("emulated", "82576", Map.of(), wire);
        stack.ipv4().addAddress(card, IpPrefix.parse("10.0.0." + number + "/24"));
        stack.links().up(card);
        if (!superFrames) {
            long features = card.config().features();
            stack.links().features(card, features & ~(DeviceFeatures.TSO | DeviceFeatures.GSO | DeviceFeatures.GRO));
        }
        return stack;
    }

    /// What one measurement gave.
    ///
    /// @param gigabits    a second of payload, by the wall's clock
    /// @param cpuPerFrame nanoseconds of CPU for each frame with data
    /// @param frames      a second of CPU time
    record Result(double gigabits, double cpuPerFrame, double frames) {}

    /// Small messages from host to host.
    Exchange exchange(boolean virtual) {
        return new Exchange(runtime, a, b, "10.0.0.2", virtual);
    }

    /// Small messages within one host.
    Exchange loopback(boolean virtual) {
        return new Exchange(runtime, a, a, LOOPBACK, virtual);
    }

    /// How long small requests take while data goes from host to host in bulk.
    Histogram besideBulk(long nanos) throws Exception {
        stop = false;
        InetSockAddress address = InetSockAddress.of("10.0.0.2", 80);
        StreamServer server = StreamServer.listen(b.sockets(), address, 1);
        long[] bytes = new long[1];
        StackRuntime.AppThread reader = runtime.start("reader", () -> Trouble.hide(() -> read(server, bytes)));
        StackRuntime.AppThread writer = runtime.start("writer", () -> Trouble.hide(() -> write(address)));
        Histogram each = exchange(false).latencies(nanos);
        stop = true;
        writer.join();
        reader.join();
        server.close();
        return each;
    }

    /// Sends from host to host for a while, the first fifth of which is not counted.
    Result bulk(long nanos) throws Exception {
        return bulk(nanos, b, "10.0.0.2");
    }

    /// The same within one host.
    Result loopbackBulk(long nanos) throws Exception {
        return bulk(nanos, a, LOOPBACK);
    }

    private Result bulk(long nanos, Stack to, String host) throws Exception {
        long[] bytes = new long[1];
        stop = false;
        InetSockAddress address = InetSockAddress.of(host, 80);
        StreamServer server = StreamServer.listen(to.sockets(), address, 1);
        StackRuntime.AppThread reader = runtime.start("reader", () -> Trouble.hide(() -> read(server, bytes)));
        StackRuntime.AppThread writer = runtime.start("writer", () -> Trouble.hide(() -> write(address)));
        Thread.sleep(nanos / 5_000_000);
        long begin = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        long frames = received();
        long before = bytes[0];
        Thread.sleep(nanos / 1_000_000);
        long took = System.nanoTime() - begin;
        long used = SYSTEM.getProcessCpuTime() - cpu;
        long moved = received() - frames;
        long payload = bytes[0] - before;
        stop = true;
        Thread.sleep(nanos / 5_000_000);
        writer.join();
        reader.join();
        server.close();
        return new Result(payload * 8.0 / took, (double) used / moved, moved * 1e9 / used);
    }

    /// Sends so many bytes while the caller steps both hosts: without a rate the cable takes no virtual time, so only
    /// work is measured.
    Result stepped(long total) throws Exception {
        long[] bytes = new long[1];
        InetSockAddress address = InetSockAddress.of("10.0.0.2", 80);
        StreamServer server = StreamServer.listen(b.sockets(), address, 1);
        StackRuntime.AppThread reader = runtime.start("reader", () -> Trouble.hide(() -> read(server, bytes)));
        StackRuntime.AppThread writer = runtime.start("writer", () -> Trouble.hide(() -> write(address, total)));
        long begin = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        long frames = received();
        writer.join();
        reader.join();
        long took = System.nanoTime() - begin;
        long used = SYSTEM.getProcessCpuTime() - cpu;
        long moved = received() - frames;
        server.close();
        return new Result(bytes[0] * 8.0 / took, (double) used / moved, moved * 1e9 / used);
    }

    private void write(InetSockAddress address, long total) throws Exception {
        byte[] buffer = new byte[Ports.CHUNK];
        try (StreamSocket socket = StreamSocket.connect(a.sockets(), address)) {
            for (long sent = 0; sent < total; sent += buffer.length) {
                socket.write(buffer, 0, buffer.length);
            }
        }
    }

    private long received() {
        return b.links().stats(b.device("eth0")).rxPackets;
    }

    private void write(InetSockAddress address) throws Exception {
        byte[] buffer = new byte[Ports.CHUNK];
        try (StreamSocket socket = StreamSocket.connect(a.sockets(), address)) {
            while (!stop) {
                socket.write(buffer, 0, buffer.length);
            }
        }
    }

    private static void read(StreamServer server, long[] bytes) throws Exception {
        byte[] buffer = new byte[Ports.CHUNK];
        try (StreamSocket socket = server.accept()) {
            for (int n = socket.read(buffer, 0, buffer.length); n > 0; n = socket.read(buffer, 0, buffer.length)) {
                bytes[0] += n;
            }
        }
    }

    @Override
    public void close() {
        a.close();
        b.close();
        runtime.close();
    }
}
