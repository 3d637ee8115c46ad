package dev.netstack4j.examples;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.api.statistics.Counters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Lesson 4: three hosts, the one in the middle a router between 10.1.0.0/24 and 10.2.0.0/24. A TCP conversation
/// crosses it.
public final class RouterBetweenSubnets {
    private static final IpPrefix EVERYWHERE = IpPrefix.of(IpAddress.ANY_V4, 0);
    private static final InetSockAddress SERVER = InetSockAddress.of("10.2.0.2", 7000);

    private RouterBetweenSubnets() {}

    /// Prints what was said, and the routes.
    public static void main(String[] args) throws AssemblyException, NetException {
        try (StackRuntime runtime = StackFactory.find().realTime()) {
            run(runtime).forEach(System.out::println);
        }
    }

    static List<String> run(StackRuntime runtime) throws AssemblyException, NetException {
        List<String> lines = new ArrayList<>();
        try (Stack left = Hosts.host("left", runtime);
                Stack router = Hosts.builder("router", runtime)
                        .sysctl("net.ipv4.ip_forward", 1)
                        .build();
                Stack right = Hosts.host("right", runtime)) {
            connect(left, router, right);
            StackRuntime.AppThread server = runtime.start("server", () -> serve(right, lines));
            runtime.start("client", () -> ask(left, lines)).join();
            server.join();
            lines.addAll(router.ipv4().routes());
            lines.add(router.service(Counters.class).value("Ip.ForwDatagrams") > 0 ? "forwarded" : "NOT forwarded");
        }
        return lines;
    }

    private static void connect(Stack left, Stack router, Stack right) throws NetException {
        NetDevice ofLeft = Hosts.plug(left, "net1", "10.1.0.2/24");
        NetDevice ofRight = Hosts.plug(right, "net2", "10.2.0.2/24");
        Hosts.plug(router, "net1", "10.1.0.1/24");
        Hosts.plug(router, "net2", "10.2.0.1/24");
        Hosts.awaitLinks(left, router, right);
        left.ipv4().addRoute(EVERYWHERE, IpAddress.parse("10.1.0.1"), ofLeft, 0);
        right.ipv4().addRoute(EVERYWHERE, IpAddress.parse("10.2.0.1"), ofRight, 0);
    }

    private static void serve(Stack right, List<String> lines) {
        try (StreamServer server = StreamServer.listen(right.sockets(), SERVER, 1);
                StreamSocket client = server.accept()) {
            String question = new String(client.input().readAllBytes(), StandardCharsets.US_ASCII);
            lines.add("right heard '" + question + "' from " + client.remote());
            client.output().write("loud and clear".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ask(Stack left, List<String> lines) {
        try (StreamSocket server = connectSoon(left)) {
            server.output().write("can you hear me?".getBytes(StandardCharsets.US_ASCII));
            server.shutdownOutput();
            lines.add("left heard '" + new String(server.input().readAllBytes(), StandardCharsets.US_ASCII) + "'");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The server may not listen yet.
    private static StreamSocket connectSoon(Stack left) throws NetException {
        while (true) {
            try {
                return StreamSocket.connect(left.sockets(), SERVER);
            } catch (NetException e) {
                if (e.errno() != dev.netstack4j.api.error.Errno.ECONNREFUSED) {
                    throw e;
                }
                left.runtime().pause(1_000_000);
            }
        }
    }
}
