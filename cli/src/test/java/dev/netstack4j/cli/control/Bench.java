package dev.netstack4j.cli.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.cli.control.host.HostPlan;
import dev.netstack4j.cli.control.link.LinkSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A server on a socket of its own, and its clients.
final class Bench implements AutoCloseable {
    static final long SECOND = 1_000_000_000L;

    final Path directory;
    final ControlServer server;
    final Client client;
    private final List<Client> clients = new ArrayList<>();

    private Bench(boolean virtual, List<LinkSettings> links) throws Exception {
        directory = Files.createTempDirectory("control");
        StackFactory factory = StackFactory.find();
        HostPlan plan = new HostPlan(
                factory,
                () -> factory.builder().name("control").memory(16 << 20).discover(Bench.class.getClassLoader()),
                virtual,
                1,
                links,
                _ -> {});
        server = ControlServer.start(ControlAddress.parse("unix:" + socket(), false), plan);
        client = join("main");
    }

    static Bench virtual(LinkSettings... links) throws Exception {
        return new Bench(true, List.of(links));
    }

    static Bench real(LinkSettings... links) throws Exception {
        return new Bench(false, List.of(links));
    }

    Path socket() {
        return directory.resolve("s");
    }

    Client join(String session) {
        Client c = Client.of(server, session);
        clients.add(c);
        return c;
    }

    int tcp() {
        return client.ok("socket", "domain", "AF_INET", "type", "SOCK_STREAM", "protocol", 0);
    }

    int udp() {
        return client.ok("socket", "domain", 2, "type", 2, "protocol", 0);
    }

    int listener(int port) {
        int fd = tcp();
        client.ok("bind", "fd", fd, "ip", "127.0.0.1", "port", port);
        client.ok("listen", "fd", fd, "backlog", 5);
        return fd;
    }

    /// Two connected streams over the loopback device.
    int[] pair(int port) {
        int listener = listener(port);
        int a = tcp();
        client.ok("connect", "fd", a, "ip", "127.0.0.1", "port", port);
        int b = client.ok("accept", "fd", listener);
        client.ok("close", "fd", listener);
        return new int[] {a, b};
    }

    @Override
    public void close() throws Exception {
        clients.forEach(Client::close);
        Stack stack = server.stack();
        server.close();
        assertEquals(0, stack.packets().live(), "packets are left");
        assertTrue(stack.packets().isBalanced());
        assertTrue(Files.notExists(socket()));
        Files.delete(directory);
    }
}
