package dev.netstack4j.examples;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.api.stack.ModuleInfo;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Lesson 1: a stack of as few modules as can carry something. IPv4 and UDP over the loopback device; no card, no ARP,
/// no TCP.
public final class SmallestStack {
    private static final List<String> WANTED = List.of("core", "proto-ipv4", "proto-udp");
    private static final byte[] TEXT = "hello, myself".getBytes(StandardCharsets.US_ASCII);

    private SmallestStack() {}

    /// Prints what arrived.
    public static void main(String[] args) throws AssemblyException {
        try (StackRuntime runtime = StackFactory.find().realTime()) {
            run(runtime).forEach(System.out::println);
        }
    }

    static List<String> run(StackRuntime runtime) throws AssemblyException {
        List<String> lines = new ArrayList<>();
        try (Stack stack = assemble(runtime)) {
            // Blocking calls are made on threads of the runtime, so that they also work where time is stepped.
            runtime.start("application", () -> talkToMyself(stack, lines)).join();
            stack.modules().forEach(m -> lines.add(m.name() + " is there"));
        }
        return lines;
    }

    private static Stack assemble(StackRuntime runtime) throws AssemblyException {
        StackBuilder builder = Hosts.builder("small", runtime).memory(4 << 20);
        try (Stack everything = Hosts.host("everything", runtime)) {
            for (ModuleInfo m : everything.modules()) {
                if (!WANTED.contains(m.name())) {
                    builder.without(m.name());
                }
            }
        }
        return builder.build();
    }

    private static void talkToMyself(Stack stack, List<String> lines) {
        InetSockAddress here = InetSockAddress.of(IpAddress.LOOPBACK_V4, 5000);
        try (DatagramPort port = DatagramPort.bind(stack.sockets(), here)) {
            port.send(TEXT, 0, TEXT.length, here);
            byte[] got = new byte[100];
            int n = port.receive(got, 0, got.length);
            lines.add(new String(got, 0, n, StandardCharsets.US_ASCII) + " from " + port.source());
        } catch (NetException e) {
            throw new UncheckedIOException(e);
        }
    }
}
