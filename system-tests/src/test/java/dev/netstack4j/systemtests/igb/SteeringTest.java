package dev.netstack4j.systemtests.igb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.device.PacketSteering;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Interrupts;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.systemtests.igb.Hosts.Card;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A card with one queue in a host with four CPUs: spread in software, by flow or after the reader.
class SteeringTest {
    private static final int CPUS = 4;
    private static final int READS = 40;

    private static Hosts hosts() throws Exception {
        return Hosts.of(Card.e1000(CPUS), Card.e1000(CPUS), Map.of());
    }

    private static PacketSteering steering(Hosts hosts) {
        return hosts.b.service(PacketSteering.class);
    }

    private static FlowTap flows(Hosts hosts) throws Exception {
        FlowTap tap = new FlowTap(hosts.b);
        try (DatagramPort in = DatagramPort.bind(hosts.b.sockets(), InetSockAddress.of("0.0.0.0", 9000))) {
            assertTrue(in.fd() >= 0);
            FlowsTest.sendFlows(hosts);
        }
        tap.close();
        assertEquals(FlowsTest.FLOWS, tap.packets.size());
        tap.packets.forEach((flow, n) -> assertEquals(FlowsTest.EACH, n, "datagrams of flow " + flow));
        tap.cpus.forEach((flow, c) -> assertEquals(1, c.size(), "CPUs of flow " + flow));
        assertEquals(0, tap.disorder);
        return tap;
    }

    @Test
    @Mechanism("G17")
    void aQueueIsSpreadOverTheCpusOfItsMaskAndEachFlowStaysOnOne() throws Exception {
        try (Hosts hosts = hosts()) {
            FlowsTest.meet(hosts);
            assertEquals(Set.of(0), FlowsTest.union(flows(hosts).cpus), "at first nothing is spread");
            steering(hosts).rpsCpus(hosts.cardB, 0, 0b1111);
            FlowTap all = flows(hosts);
            assertEquals(Set.of(0, 1, 2, 3), FlowsTest.union(all.cpus));
            assertEquals(0, all.withoutHash);
            steering(hosts).rpsCpus(hosts.cardB, 0, 0b0110);
            assertEquals(0b0110, steering(hosts).rpsCpus(hosts.cardB, 0));
            assertEquals(Set.of(1, 2), FlowsTest.union(flows(hosts).cpus));
            long steered = hosts.b.service(Counters.class).value("Softnet.ReceivedRps");
            assertTrue(steered >= 2 * FlowsTest.FLOWS * FlowsTest.EACH, steered + " packets steered");
            steering(hosts).rpsCpus(hosts.cardB, 0, 0);
            assertEquals(Set.of(0), FlowsTest.union(flows(hosts).cpus));
        }
    }

    @Test
    void cpusAndQueuesThatThereAreNotAreRefused() throws Exception {
        try (Hosts hosts = hosts()) {
            PacketSteering s = steering(hosts);
            for (NetException e : List.of(
                    assertThrows(NetException.class, () -> s.rpsCpus(hosts.cardB, 0, 0b10000)),
                    assertThrows(NetException.class, () -> s.rpsCpus(hosts.cardB, -1, 1)),
                    assertThrows(NetException.class, () -> s.rpsFlowCount(hosts.cardB, 0, -1)),
                    assertThrows(NetException.class, () -> s.rpsFlowCount(hosts.cardB, 64, 1)))) {
                assertEquals(Errno.EINVAL, e.errno());
            }
            s.rpsFlowCount(hosts.cardB, 0, 1000);
            assertEquals(1024, s.rpsFlowCount(hosts.cardB, 0));
        }
    }

    /// The CPU on which the calling application runs.
    private static int cpuOfCaller(Stack stack) {
        Cpus cpus = stack.service(Cpus.class);
        Cpu cpu = cpus.enter();
        try {
            return cpu.id();
        } finally {
            cpus.leave(cpu);
        }
    }

    private static void follow(Hosts hosts, long mask) throws Exception {
        hosts.b.service(Sysctls.class).find("net.core.rps_sock_flow_entries").set(4096);
        steering(hosts).rpsFlowCount(hosts.cardB, 0, 4096);
        steering(hosts).rpsCpus(hosts.cardB, 0, mask);
    }

    /// Numbered datagrams to a connected socket of b, read there by several applications one after the other. The last
    /// datagrams of each are to come to its CPU.
    private static int read(Hosts hosts, FlowTap tap, int port, int readers) throws Exception {
        Set<Integer> used = new TreeSet<>();
        try (DatagramPort in = DatagramPort.bind(hosts.b.sockets(), InetSockAddress.of("0.0.0.0", port))) {
            in.connect(Hosts.addressOf(1, port));
            try (DatagramPort out = DatagramPort.bind(hosts.a.sockets(), InetSockAddress.of("0.0.0.0", port))) {
                int next = 0;
                for (int r = 0; r < readers; r++) {
                    int first = next;
                    int[] cpu = new int[1];
                    AppThread reader = hosts.start("reader " + r, () -> {
                        cpu[0] = cpuOfCaller(hosts.b);
                        byte[] bytes = new byte[100];
                        for (int i = 0; i < READS; i++) {
                            in.receive(bytes, 0, bytes.length);
                            assertEquals(first + i, ByteBuffer.wrap(bytes).getInt());
                        }
                    });
                    for (int i = 0; i < READS; i++, next++) {
                        byte[] bytes = ByteBuffer.allocate(100).putInt(next).array();
                        out.send(bytes, 0, bytes.length, Hosts.addressOf(2, port));
                        if (i >= READS / 2) {
                            hosts.runtime.pause(50_000);
                            tap.cpus.remove(port);
                        }
                    }
                    hosts.runtime.pause(1_000_000);
                    reader.join();
                    out.send(ByteBuffer.allocate(100).putInt(next++).array(), 0, 100, Hosts.addressOf(2, port));
                    hosts.runtime.pause(1_000_000);
                    in.receive(new byte[100], 0, 100);
                    assertEquals(Set.of(cpu[0]), tap.cpus.get(port), "the CPU of reader " + r);
                    used.add(cpu[0]);
                }
            }
        }
        return used.size();
    }

    @Test
    @Mechanism("G18")
    void aFlowFollowsItsReaderFromCpuToCpuAndKeepsItsOrder() throws Exception {
        try (Hosts hosts = hosts()) {
            FlowsTest.meet(hosts);
            follow(hosts, 0b0001);
            try (FlowTap tap = new FlowTap(hosts.b)) {
                int cpus = 0;
                for (int port = 30_000; port < 30_004; port++) {
                    cpus = Math.max(cpus, read(hosts, tap, port, 6));
                }
                assertTrue(cpus > 1, "readers ran on " + cpus + " CPU");
                assertEquals(0, tap.disorder);
            }
        }
    }

    @Test
    void withoutReadersFlowsAreSpreadByTheMask() throws Exception {
        try (Hosts hosts = hosts()) {
            FlowsTest.meet(hosts);
            follow(hosts, 0b1100);
            assertEquals(Set.of(2, 3), FlowsTest.union(flows(hosts).cpus));
        }
    }

    @Test
    void withXpsTheCpuOfTheSenderChoosesTheTransmitQueue() throws Exception {
        Card card = Card.igb(CPUS, "queues=4", "xps=true");
        try (Hosts hosts = Hosts.of(card, card, Map.of())) {
            FlowsTest.meet(hosts);
            Set<Integer> used = new TreeSet<>();
            for (int port = 40_000; port < 40_008; port++) {
                used.add(sendWithXps(hosts, port));
            }
            assertTrue(used.size() > 1, "senders ran on " + used);
        }
    }

    private static int sendWithXps(Hosts hosts, int port) {
        long[] before = sentByQueue(hosts);
        int[] cpu = new int[1];
        hosts.start("sender", () -> {
                    cpu[0] = cpuOfCaller(hosts.a);
                    try (DatagramPort out = DatagramPort.bind(hosts.a.sockets(), InetSockAddress.of("0.0.0.0", port))) {
                        for (int i = 0; i < 10; i++) {
                            out.send(new byte[100], 0, 100, Hosts.addressOf(2, port));
                        }
                    }
                })
                .join();
        hosts.runtime.pause(1_000_000);
        before[cpu[0]] += 10;
        assertArrayEquals(before, sentByQueue(hosts));
        return cpu[0];
    }

    private static long[] sentByQueue(Hosts hosts) {
        long[] sent = new long[CPUS];
        Arrays.setAll(sent, q -> Hosts.count(hosts.a, "tx_queue_" + q + "_packets"));
        return sent;
    }

    @Test
    @Mechanism("H11")
    void anInterruptInUseMovesToAnotherCpuAndItsPollsWithIt() throws Exception {
        try (Hosts hosts = hosts()) {
            FlowsTest.meet(hosts);
            List<Irq> used = new ArrayList<>(hosts.b.service(Interrupts.class).all());
            used.removeIf(irq -> !irq.users().equals("eth0"));
            assertEquals(1, used.size(), "the card's line");
            Irq line = used.getFirst();
            for (int cpu : new int[] {3, 1, 2, 0}) {
                line.affinity(cpu);
                long before = line.count(cpu);
                assertEquals(Set.of(cpu), FlowsTest.union(flows(hosts).cpus));
                assertTrue(line.count(cpu) > before, "interrupts on CPU " + cpu);
            }
            long sum = 0;
            for (int cpu = 0; cpu < CPUS; cpu++) {
                sum += line.count(cpu);
            }
            assertEquals(line.count(), sum);
        }
    }
}
