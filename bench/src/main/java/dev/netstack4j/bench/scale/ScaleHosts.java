package dev.netstack4j.bench.scale;

import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackBuilder;
import dev.netstack4j.api.stack.StackFactory;
import java.util.Map;

/// Two hosts in real time, 10.0.0.1 and 10.0.0.2, with an 82576 each on one cable.
final class ScaleHosts implements AutoCloseable {
    private static final int MEMORY = 256 << 20;
    private static final long LINK_NANOS = 2_000_000_000L;

    final StackRuntime runtime = StackFactory.find().realTime();
    final Stack client;
    final Stack server;

    ScaleHosts(Map<String, Integer> sysctls) throws Exception {
        client = host("client", 1, sysctls);
        server = host("server", 2, sysctls);
        runtime.start("link", () -> runtime.pause(LINK_NANOS)).join();
    }

    private Stack host(String name, int number, Map<String, Integer> sysctls) throws Exception {
        StackBuilder builder = StackFactory.find()
                .builder()
                .name(name)
                .runtime(runtime)
                .memory(MEMORY)
                .discover(ScaleHosts.class.getClassLoader());
        sysctls.forEach(builder::sysctl);
        Stack stack = builder.build();
        Wire wire = stack.hardware().wire("cable", Map.of("name", "scale"));
        NetDevice card = stack.hardware().plug("emulated", "82576", Map.of(), wire);
        stack.ipv4().addAddress(card, IpPrefix.parse("10.0.0." + number + "/24"));
        stack.links().up(card);
        return stack;
    }

    static InetSockAddress server(int port) {
        return InetSockAddress.of("10.0.0.2", port);
    }

    /// Bytes of a stack's own memory that are in use, in whole chunks.
    static long offHeap(Stack stack) {
        return stack.packets().memory().size() - stack.packets().memory().freeBytes();
    }

    @Override
    public void close() {
        client.close();
        server.close();
        runtime.close();
    }
}
