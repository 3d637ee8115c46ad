package dev.netstack4j.bench;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import java.util.Map;

/// Two hosts, 10.0.0.1 and 10.0.0.2, on a cable without rate or delay, stepped by the benchmark's own thread: what is
/// measured is work, not waiting.
final class BenchHosts implements AutoCloseable {
    private static final int MEMORY = 64 << 20;
    private static final long LINK_NANOS = 1_000_000_000L;

    final VirtualRuntime runtime = StackFactory.find().virtualTime(1);
    final Stack a;
    final Stack b;

    BenchHosts() {
        a = make(() -> host("a", 1));
        b = make(() -> host("b", 2));
        runtime.advance(LINK_NANOS);
    }

    /// Something that may fail to be made.
    interface Maker<T> {
        T make() throws Exception;
    }

    /// Makes it: benchmarks initialise their fields, where nothing may be thrown that is checked.
    static <T> T make(Maker<T> maker) {
        try {
            return maker.make();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Stack host(String name, int number) throws Exception {
        Stack stack = StackFactory.find()
                .builder()
                .name(name)
                .runtime(runtime)
                .memory(MEMORY)
                .discover(BenchHosts.class.getClassLoader())
                .build();
        Wire wire = stack.hardware().wire("cable", Map.of("name", "bench"));
        NetDevice card = stack.hardware().plug("emulated", "82540em", Map.of(), wire);
        stack.ipv4().addAddress(card, IpPrefix.parse("10.0.0." + number + "/24"));
        stack.links().up(card);
        return stack;
    }

    static InetSockAddress at(int host, int port) {
        return InetSockAddress.of("10.0.0." + host, port);
    }

    /// Both ends of a TCP connection.
    record Connection(StreamSocket client, StreamSocket server) {}

    /// Connects `from` to a port of `to`.
    Connection connect(Stack from, Stack to, InetSockAddress address) throws Exception {
        StreamServer listener = StreamServer.listen(to.sockets(), address, 1);
        StreamSocket client = StreamSocket.connect(from.sockets(), address);
        StreamSocket server = listener.accept();
        listener.close();
        return new Connection(client, server);
    }

    @Override
    public void close() {
        a.close();
        b.close();
        runtime.close();
    }
}
