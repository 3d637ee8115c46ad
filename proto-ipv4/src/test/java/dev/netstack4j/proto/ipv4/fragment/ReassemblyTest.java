package dev.netstack4j.proto.ipv4.fragment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Mechanism("D28")
class ReassemblyTest {
    private static final long SECOND = 1_000_000_000L;

    private final Rig rig = new Rig();
    private final Rig.Keeper keeper = rig.keep(253);

    @AfterEach
    void nothingLeaks() {
        rig.take(keeper.packets);
        rig.assertNoLeak();
    }

    private static byte[] part(byte[] payload, int from, int to, int ident) {
        return Packets.packet()
                .ident(ident)
                .fragment(from, to < payload.length)
                .payload(Arrays.copyOfRange(payload, from, to))
                .bytes();
    }

    private static List<byte[]> parts(byte[] payload, int size, int ident) {
        List<byte[]> all = new ArrayList<>();
        for (int at = 0; at < payload.length; at += size) {
            all.add(part(payload, at, Math.min(at + size, payload.length), ident));
        }
        return all;
    }

    private byte[] delivered() {
        List<byte[]> all = rig.take(keeper.packets);
        assertEquals(1, all.size(), rig.host.ledger().dropped().toString());
        return all.getFirst();
    }

    @Test
    void everyOrderOfFourFragmentsGivesTheSameDatagram() {
        byte[] payload = Packets.counting(100, 3);
        List<List<Integer>> orders = permutations(List.of(0, 1, 2, 3));
        int ident = 1;
        for (List<Integer> order : orders) {
            List<byte[]> parts = parts(payload, 32, ident++);
            order.forEach(i -> rig.receive(parts.get(i)));
            assertArrayEquals(payload, delivered(), order.toString());
        }
        assertEquals(24, orders.size());
        assertEquals(24, rig.count("Ip.ReasmOKs"));
        assertEquals(96, rig.count("Ip.ReasmReqds"));
        assertEquals(0, rig.count("Ip.ReasmFails"));
    }

    private static List<List<Integer>> permutations(List<Integer> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (Integer first : of) {
            List<Integer> rest = new ArrayList<>(of);
            rest.remove(first);
            for (List<Integer> p : permutations(rest)) {
                List<Integer> one = new ArrayList<>(List.of(first));
                one.addAll(p);
                all.add(one);
            }
        }
        return all;
    }

    @Test
    void theHeaderOfTheWholeSaysItsLengthAndNoFragment() {
        byte[] payload = Packets.counting(100, 3);
        parts(payload, 48, 7).forEach(rig::receive);
        SkBuff skb = keeper.packets.peek();
        assertEquals(120, skb == null ? 0 : skb.get16(skb.networkHeader() + 2));
        assertEquals(0, skb == null ? 1 : skb.get16(skb.networkHeader() + 6));
    }

    @Test
    void fewFragmentsAreJoinedWithoutACopy() {
        byte[] payload = Packets.counting(8008, 1);
        long before = rig.host.ledger().copiedBytes();
        parts(payload, 1480, 9).forEach(rig::receive);
        SkBuff skb = keeper.packets.peek();
        assertEquals(5, skb == null ? 0 : skb.frags());
        assertEquals(before, rig.host.ledger().copiedBytes());
        assertArrayEquals(payload, delivered());
    }

    @Test
    void theLongestDatagramOfSmallFragmentsIsJoined() {
        rig.host.sysctls().set("net.ipv4.ipfrag_max_dist", 0);
        byte[] payload = Packets.counting(65515, 1);
        List<byte[]> parts = parts(payload, 1480, 9);
        Collections.shuffle(parts, new Random(4));
        parts.forEach(rig::receive);
        assertArrayEquals(payload, delivered());
        parts(payload, 64, 10).forEach(rig::receive);
        assertArrayEquals(payload, delivered());
    }

    @Test
    void repetitionsAreIgnored() {
        byte[] payload = Packets.counting(96, 3);
        List<byte[]> parts = parts(payload, 32, 5);
        rig.receive(parts.get(0));
        rig.receive(parts.get(0));
        rig.receive(parts.get(1));
        rig.receive(part(payload, 8, 40, 5));
        rig.receive(parts.get(1));
        rig.receive(parts.get(2));
        assertArrayEquals(payload, delivered());
        assertEquals(3, rig.dropped("IP_FRAG_DUPLICATE"));
    }

    @Test
    void anOverlapEndsTheWholeDatagram() {
        byte[] payload = Packets.counting(96, 3);
        rig.receive(part(payload, 0, 32, 5));
        rig.receive(part(payload, 24, 56, 5));
        assertEquals(2, rig.dropped("IP_FRAG_OVERLAP"));
        assertEquals(1, rig.count("Ip.ReasmFails"));
        rig.receive(part(payload, 32, 96, 5));
        assertEquals(0, keeper.packets.length());
    }

    @Test
    void anOverlapFromBehindEndsItToo() {
        byte[] payload = Packets.counting(96, 3);
        rig.receive(part(payload, 32, 64, 5));
        rig.receive(part(payload, 8, 40, 5));
        assertEquals(2, rig.dropped("IP_FRAG_OVERLAP"));
    }

    @Test
    void twoDifferentEndsContradict() {
        byte[] payload = Packets.counting(96, 3);
        rig.receive(part(Arrays.copyOf(payload, 64), 32, 64, 5));
        rig.receive(part(payload, 64, 96, 5));
        assertEquals(2, rig.dropped("IP_FRAG_OVERLAP"));
        rig.receive(part(payload, 64, 96, 6));
        rig.receive(part(Arrays.copyOf(payload, 64), 32, 64, 6));
        assertEquals(4, rig.dropped("IP_FRAG_OVERLAP"));
        assertEquals(0, keeper.packets.length());
    }

    @Test
    void fragmentsThatCannotBeAreDropped() {
        rig.receive(Packets.packet().fragment(0, true).payload(7, 0).bytes());
        rig.receive(Packets.packet().fragment(8, true).bytes());
        rig.receive(Packets.packet().word(0x1FFF).payload(100, 0).bytes());
        assertEquals(3, rig.dropped("IP_FRAG_BAD"));
    }

    @Test
    void datagramsOfOthersDoNotMix() {
        byte[] payload = Packets.counting(64, 3);
        byte[] half = part(payload, 0, 32, 5);
        rig.receive(half);
        rig.receive(Packets.packet()
                .between("10.0.0.3", "10.0.0.1")
                .ident(5)
                .fragment(32, false)
                .payload(32, 1)
                .bytes());
        rig.receive(Packets.packet()
                .between("10.0.0.2", "10.1.0.1")
                .ident(5)
                .fragment(32, false)
                .payload(32, 1)
                .bytes());
        rig.receive(Packets.packet()
                .protocol(252)
                .ident(5)
                .fragment(32, false)
                .payload(32, 1)
                .bytes());
        rig.receive(Packets.packet().ident(6).fragment(32, false).payload(32, 1).bytes());
        assertEquals(0, keeper.packets.length());
        rig.receive(part(payload, 32, 64, 5));
        assertArrayEquals(payload, delivered());
    }

    @Test
    @Mechanism("D23")
    void afterThirtySecondsTheSenderIsToldIfTheBeginningIsHere() {
        byte[] payload = Packets.counting(96, 3);
        byte[] first = part(payload, 0, 32, 5);
        rig.receive(first);
        rig.receive(part(payload, 64, 96, 6));
        rig.host.advance(30 * SECOND - 1);
        assertEquals(0, rig.count("Ip.ReasmTimeout"));
        rig.host.advance(SECOND);
        assertEquals(2, rig.count("Ip.ReasmTimeout"));
        assertEquals(2, rig.count("Ip.ReasmFails"));
        assertEquals(2, rig.dropped("IP_FRAG_TIMEOUT"));
        byte[] error = rig.sentOne();
        assertEquals(11, Packets.u8(error, 20));
        assertEquals(1, Packets.u8(error, 21));
        assertArrayEquals(first, Arrays.copyOfRange(error, 28, error.length));
    }

    @Test
    void eachDatagramHasItsOwnTime() {
        byte[] payload = Packets.counting(64, 3);
        rig.receive(part(payload, 32, 64, 1));
        rig.host.advance(20 * SECOND);
        rig.receive(part(payload, 32, 64, 2));
        rig.host.advance(11 * SECOND);
        assertEquals(1, rig.count("Ip.ReasmTimeout"));
        rig.receive(part(payload, 0, 32, 2));
        assertArrayEquals(payload, delivered());
        rig.host.advance(100 * SECOND);
        assertEquals(1, rig.count("Ip.ReasmTimeout"));
    }

    @Test
    void memoryIsBoundedAndTheOldestGiveWay() {
        rig.host.sysctls().set("net.ipv4.ipfrag_high_thresh", 100_000);
        rig.host.sysctls().set("net.ipv4.ipfrag_low_thresh", 50_000);
        for (int i = 0; i < 1000; i++) {
            rig.receive(
                    Packets.packet().ident(i).fragment(0, true).payload(1480, 0).bytes());
            assertTrue(rig.host.pool().liveSkBuffs().stream()
                            .mapToInt(SkBuff::truesize)
                            .sum()
                    <= 110_000);
        }
        assertTrue(rig.dropped("IP_FRAG_EVICTED") > 900);
        byte[] payload = Packets.counting(64, 3);
        parts(payload, 32, 5000).forEach(rig::receive);
        assertArrayEquals(payload, delivered());
    }

    @Test
    void tooManyOthersInBetweenEndADatagram() {
        byte[] payload = Packets.counting(64, 3);
        rig.receive(part(payload, 0, 32, 7));
        for (int i = 0; i < 70; i++) {
            rig.receive(part(payload, 0, 32, 100 + i));
        }
        rig.receive(part(payload, 32, 64, 7));
        assertEquals(2, rig.dropped("IP_FRAG_DISTANCE"));
        assertEquals(0, keeper.packets.length());
    }

    @Test
    void memoryThatRunsOutInTheMiddleEndsInAReason() {
        byte[] payload = Packets.counting(20_000, 3);
        List<byte[]> parts = parts(payload, 512, 7);
        for (int i = 0; i < parts.size() - 1; i++) {
            rig.receive(parts.get(i));
        }
        SkBuff last = rig.host.packet(parts.getLast());
        rig.host.pool().failEvery(1);
        rig.receive(last, rig.eth0);
        rig.host.pool().failEvery(0);
        long ended = rig.dropped("IP_NO_MEMORY") + keeper.packets.length();
        assertTrue(ended > 0);
    }
}
