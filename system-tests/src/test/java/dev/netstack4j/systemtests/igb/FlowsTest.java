package dev.netstack4j.systemtests.igb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.systemtests.igb.Hosts.Card;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Flows over queues and CPUs.
class FlowsTest {
    static final int FLOWS = 64;
    static final int EACH = 20;
    static final int FIRST_PORT = 20_000;

    /// Numbered datagrams of 64 flows, from several threads, to a port of b.
    static void sendFlows(Hosts hosts) throws Exception {
        List<AppThread> threads = new ArrayList<>();
        for (int f = 0; f < FLOWS; f++) {
            int flow = f;
            threads.add(hosts.start("flow " + f, () -> send(hosts, FIRST_PORT + flow)));
        }
        threads.forEach(AppThread::join);
        hosts.runtime.pause(Hosts.SECOND / 100);
    }

    private static void send(Hosts hosts, int port) throws Exception {
        try (DatagramPort out = DatagramPort.bind(hosts.a.sockets(), InetSockAddress.of("0.0.0.0", port))) {
            for (int i = 0; i < EACH; i++) {
                byte[] bytes = ByteBuffer.allocate(100).putInt(i).array();
                out.send(bytes, 0, bytes.length, Hosts.addressOf(2, 9000));
                hosts.runtime.pause(20_000);
            }
        }
    }

    static void meet(Hosts hosts) throws Exception {
        try (DatagramPort in = DatagramPort.bind(hosts.b.sockets(), InetSockAddress.of("0.0.0.0", 9001));
                DatagramPort out = DatagramPort.bind(hosts.a.sockets(), InetSockAddress.of("0.0.0.0", 9002))) {
            hosts.start("first", () -> {
                        out.send(new byte[1], 0, 1, Hosts.addressOf(2, 9001));
                        in.receive(new byte[1], 0, 1);
                    })
                    .join();
        }
    }

    static Set<Integer> union(Map<Integer, Set<Integer>> sets) {
        Set<Integer> all = new TreeSet<>();
        sets.values().forEach(all::addAll);
        return all;
    }

    @Test
    @Mechanism("G17")
    void fourQueuesAndFourCpusShareSixtyFourFlowsAndNoFlowEverMovesOrIsReordered() throws Exception {
        Card card = Card.igb(4, "queues=4");
        try (Hosts hosts = Hosts.of(card, card, Map.of())) {
            meet(hosts);
            try (FlowTap tap = new FlowTap(hosts.b);
                    DatagramPort in = DatagramPort.bind(hosts.b.sockets(), InetSockAddress.of("0.0.0.0", 9000))) {
                assertTrue(in.fd() >= 0);
                sendFlows(hosts);
                assertEquals(FLOWS, tap.packets.size());
                tap.packets.forEach((flow, n) -> assertEquals(EACH, n, "datagrams of flow " + flow));
                tap.queues.forEach((flow, q) -> assertEquals(1, q.size(), "queues of flow " + flow));
                tap.cpus.forEach((flow, c) -> assertEquals(1, c.size(), "CPUs of flow " + flow));
                assertEquals(Set.of(0, 1, 2, 3), union(tap.queues));
                assertEquals(Set.of(0, 1, 2, 3), union(tap.cpus));
                assertEquals(0, tap.disorder);
                assertEquals(0, tap.withoutHash);
                for (int q = 0; q < 4; q++) {
                    assertEquals(q, Hosts.count(hosts.b, "rx_queue_" + q + "_cpu"));
                    assertEquals(0, Hosts.count(hosts.b, "rx_queue_" + q + "_cpu_moves"));
                }
            }
        }
    }

    @Test
    void theIndirectionTableDecidesWhichQueueAFlowTakes() throws Exception {
        Card card = Card.igb(1, "queues=4");
        try (Hosts hosts = Hosts.of(card, card, Map.of())) {
            meet(hosts);
            int[] third = new int[128];
            Arrays.fill(third, 2);
            hosts.b.links().ethtool(hosts.cardB, e -> e.receiveSteering().setIndirection(third));
            try (FlowTap tap = new FlowTap(hosts.b)) {
                sendFlows(hosts);
                assertEquals(Set.of(2), union(tap.queues));
            }
        }
    }

    @Test
    @Mechanism("H11")
    void movingTheInterruptOfAQueueMovesItsPolls() throws Exception {
        Card card = Card.igb(4, "queues=2");
        try (Hosts hosts = Hosts.of(card, card, Map.of())) {
            meet(hosts);
            NetDevice b = hosts.cardB;
            try (FlowTap tap = new FlowTap(hosts.b)) {
                sendFlows(hosts);
                assertEquals(Set.of(0, 1), union(tap.cpus));
            }
            hosts.b.links().ethtool(b, e -> e.receiveSteering().setQueueCpu(0, 3));
            hosts.b.links().ethtool(b, e -> e.receiveSteering().setQueueCpu(1, 2));
            try (FlowTap tap = new FlowTap(hosts.b)) {
                sendFlows(hosts);
                assertEquals(Set.of(2, 3), union(tap.cpus));
                assertEquals(3, Hosts.count(hosts.b, "rx_queue_0_cpu"));
                assertEquals(1, Hosts.count(hosts.b, "rx_queue_0_cpu_moves"));
            }
        }
    }
}
