package dev.netstack4j.systemtests.drivers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.systemtests.drivers.Transport.Ends;
import dev.netstack4j.testkit.kit.lab.Frames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Every number of queue pairs that the chip has.
interface QueueCases extends Fitted {
    int FLOWS = 64;
    /// The key of the published test vectors of receive-side scaling.
    String KEY = "6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa";

    private void use(Bench bench, int queues) throws Exception {
        if (fitting().mostQueues > 1) {
            bench.stack.links().channels(bench.card, queues);
            bench.await(bench.card::hasCarrier, "there is no link");
        }
        assertEquals(queues, bench.card.config().txQueues());
        bench.stack.links().ethtool(bench.card, e -> assertEquals(queues, e.channels()));
    }

    @Test
    default void flowsAreSpreadOverAllQueuesAndEachStaysOnOne() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            for (int queues = 1; queues <= fitting().mostQueues; queues++) {
                use(bench, queues);
                spread(bench, queues);
            }
        }
    }

    private static void spread(Bench bench, int queues) {
        List<byte[]> in = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (int flow = 0; flow < FLOWS; flow++) {
                Ends ends = Ends.flow(bench.mac(), Frames.PEER, flow);
                byte[] f = Transport.ipv4(Transport.UDP, ends, 0, 40, bench.random).bytes;
                f[f.length - 1] = (byte) round;
                in.add(f);
            }
        }
        Map<Integer, Set<Integer>> queuesOf = new TreeMap<>();
        Map<Integer, Integer> last = new TreeMap<>();
        for (Seen.Frame f : bench.deliver(in)) {
            int flow = Transport.of(f.bytes()).get16(34);
            int round = f.bytes()[f.bytes().length - 1];
            queuesOf.computeIfAbsent(flow, x -> new TreeSet<>()).add(f.queue());
            assertEquals(last.getOrDefault(flow, -1) + 1, round, "order within a flow");
            last.put(flow, round);
        }
        Set<Integer> used = new TreeSet<>();
        queuesOf.values().forEach(s -> {
            assertEquals(1, s.size(), "queues of a flow");
            used.addAll(s);
        });
        assertEquals(FLOWS, queuesOf.size());
        assertEquals(queues, used.size(), "queues in use");
    }

    @Test
    default void everyQueueSends() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            for (int queues = 1; queues <= fitting().mostQueues; queues++) {
                use(bench, queues);
                send(bench, queues);
            }
        }
    }

    private static void send(Bench bench, int queues) {
        long before = bench.stats().txPackets;
        long[] sentBefore = new long[queues];
        Arrays.setAll(sentBefore, q -> bench.count("tx_queue_" + q + "_packets"));
        for (int i = 0; i < 4 * FLOWS; i++) {
            int flow = i % FLOWS;
            byte[] f = Frames.numbered(bench.outbound(100), i);
            f[20] = (byte) flow;
            bench.send(f, skb -> skb.hash(flow * 0x0123_4567 + 1, true));
        }
        Map<Integer, Integer> last = new TreeMap<>();
        for (byte[] f : bench.takeSent(4 * FLOWS)) {
            int flow = f[20];
            assertEquals(last.getOrDefault(flow, flow - FLOWS) + FLOWS, Frames.number(f), "order within a flow");
            last.put(flow, Frames.number(f));
        }
        assertEquals(FLOWS, last.size());
        bench.await(() -> bench.stats().txPackets == before + 4 * FLOWS, "sent frames are not freed");
        for (int q = 0; queues > 1 && q < queues; q++) {
            assertTrue(bench.count("tx_queue_" + q + "_packets") > sentBefore[q], "queue " + q + " sent nothing");
        }
    }

    @Test
    default void theNumberOfQueuesChangesUnderTraffic() throws Exception {
        assumeTrue(fitting().mostQueues > 1, "the chip has one queue pair");
        try (Bench bench = Bench.of(fitting(), "queues=1")) {
            for (int queues : new int[] {8, 2, 5, 1, 4, 3}) {
                bench.wire.send(bench.inbound(200));
                bench.send(bench.outbound(200));
                bench.stack.links().channels(bench.card, queues);
                bench.await(bench.card::hasCarrier, "there is no link");
                bench.settle();
                bench.wire.takeSent();
                bench.seen.take();
                bench.works();
            }
        }
    }

    @Test
    default void moreQueuesThanThereAreAreRefused() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            for (int wrong : new int[] {0, fitting().mostQueues + 1}) {
                NetException e = assertThrows(
                        NetException.class, () -> bench.stack.links().channels(bench.card, wrong));
                assertTrue(e.errno() == Errno.EINVAL || e.errno() == Errno.EOPNOTSUPP, e::getMessage);
            }
            bench.works();
        }
    }

    /// From, to, and the hash that is published for it.
    String[] HASHES = {
        "66.9.149.187,2794,161.142.100.80,1766,51ccc178",
        "199.92.111.2,14230,65.69.140.83,4739,c626b0ea",
        "24.19.198.95,12898,12.22.207.184,38024,5c2b394a",
        "38.27.205.30,48228,209.142.163.6,2217,afc7327f",
        "153.39.163.191,44251,202.188.127.2,1303,10e828a2"
    };

    @Test
    default void thePublishedHashesComeOutAndChooseTheQueue() throws Exception {
        assumeTrue(fitting().mostQueues > 1, "the chip has one queue pair");
        try (Bench bench = Bench.of(fitting(), "queues=4")) {
            byte[] key = HexFormat.of().parseHex(KEY);
            int[] table = new int[128];
            Arrays.setAll(table, i -> (i * 7 + 3) % 4);
            bench.stack.links().ethtool(bench.card, e -> {
                e.receiveSteering().setKey(key);
                e.receiveSteering().setIndirection(table);
                assertArrayEquals(key, e.receiveSteering().key());
                assertArrayEquals(table, e.receiveSteering().indirection());
            });
            for (String line : HASHES) {
                String[] f = line.split(",", -1);
                Ends ends = new Ends(
                        bench.mac(),
                        Frames.PEER,
                        number(f[0]),
                        Integer.parseInt(f[1]),
                        number(f[2]),
                        Integer.parseInt(f[3]));
                byte[] frame = Transport.ipv4(Transport.TCP, ends, 0, 50, bench.random).bytes;
                Seen.Frame got = bench.deliver(List.of(frame)).getFirst();
                assertEquals(f[4], Integer.toHexString(got.hash()));
                assertTrue(got.hashOfPorts());
                assertEquals(table[got.hash() & 127], got.queue());
            }
        }
    }

    private static int number(String address) {
        int n = 0;
        for (String part : address.split("\\.", -1)) {
            n = n << 8 | Integer.parseInt(part);
        }
        return n;
    }
}
