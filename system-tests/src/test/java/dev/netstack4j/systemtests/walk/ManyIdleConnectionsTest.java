package dev.netstack4j.systemtests.walk;

import static dev.netstack4j.testkit.simulation.Simulation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.testkit.simulation.SimHost;
import dev.netstack4j.testkit.simulation.Simulation;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// 100,000 connections that do nothing: what each end of them holds, in the heap and outside it.
class ManyIdleConnectionsTest {
    private static final int CONNECTIONS = 100_000;
    private static final int PER_PORT = 25_000;
    private static final long MOST_BYTES = 3 * 1024;

    @Test
    @Tag("nightly")
    void anEndOfAnIdleConnectionHoldsThreeKilobytesAtMost() {
        try (Simulation net = Simulation.withSeed(1)) {
            SimHost client = net.host("client");
            SimHost server = net.host("server");
            net.link(client, server);
            open(net, client, server, 80, 1000);
            long heap = heap();
            long offHeap = offHeap(client.stack()) + offHeap(server.stack());
            for (int done = 0; done < CONNECTIONS; done += PER_PORT) {
                open(net, client, server, 1000 + done / PER_PORT, PER_PORT);
            }
            long more = heap() - heap + offHeap(client.stack()) + offHeap(server.stack()) - offHeap;
            long each = more / (2L * CONNECTIONS);
            assertTrue(each <= MOST_BYTES, each + " bytes an end");
            assertTrue(each > 500, each + " bytes an end: something was not counted");
        }
    }

    private static void open(Simulation net, SimHost client, SimHost server, int port, int count) {
        SystemCalls there = server.sockets();
        SystemCalls here = client.sockets();
        InetSockAddress address = server.at(port);
        int listener = socket(there);
        assertEquals(0, there.bind(listener, address));
        assertEquals(0, there.listen(listener, 100));
        server.run("accept" + port, () -> {
            for (int i = 0; i < count; i++) {
                assertTrue(there.accept(listener) >= 0);
            }
        });
        client.run("connect" + port, () -> {
            for (int i = 0; i < count; i++) {
                assertEquals(0, here.connect(socket(here), address));
            }
        });
        net.join(3600 * SECOND);
    }

    private static int socket(SystemCalls calls) {
        int fd = calls.socket(AddressFamily.INET.number(), SocketType.STREAM, 0);
        assertTrue(fd >= 0);
        return fd;
    }

    private static long offHeap(Stack stack) {
        return stack.packets().memory().size() - stack.packets().memory().freeBytes();
    }

    private static long heap() {
        ManagementFactory.getMemoryMXBean().gc();
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
