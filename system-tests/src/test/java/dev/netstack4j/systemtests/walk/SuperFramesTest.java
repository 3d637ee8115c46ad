package dev.netstack4j.systemtests.walk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.PacketHandler;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.netfilter.Verdict;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.systemtests.walk.Pair.Card;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Packets that stand for several, from TCP over the card to the other host's TCP.
class SuperFramesTest {
    private static final int HEADERS = 52;
    private static final int MTU = 1500;
    private static final Card IGB = new Card("emulated", "82576", Map.of());

    /// What a tap sees of one direction.
    private static final class Seen implements PacketHandler {
        final PacketKind wanted;
        final AtomicInteger longest = new AtomicInteger();
        final AtomicInteger count = new AtomicInteger();
        final List<ChecksumState> states = new ArrayList<>();

        private final ConsumeReason why;

        Seen(Stack stack, PacketKind wanted) {
            this.wanted = wanted;
            why = stack.packets().ledger().consume("TEST_TAP", "seen by the test");
        }

        @Override
        public void receive(SkBuff skb, NetDevice device, NetDevice original, Cpu cpu) {
            if (skb.kind() == wanted && skb.protocol() == EtherType.IPV4 && skb.length() > HEADERS) {
                longest.accumulateAndGet(skb.length(), Math::max);
                count.incrementAndGet();
                states.add(skb.checksumState());
            }
            skb.consume(why, cpu);
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static Registration tap(Stack stack, PacketHandler handler) {
        return stack.service(PacketTypes.class).add(EtherType.ALL, null, handler, "test");
    }

    private static void without(Stack stack, long features) throws Exception {
        NetDevice eth0 = stack.device("eth0");
        stack.links().features(eth0, eth0.config().features() & ~features);
    }

    @Test
    @Mechanism({"C3", "F15", "A17"})
    void aCardThatSegmentsGetsTheWholeAndTheWireSeesFinishedSegments() throws Exception {
        try (Pair pair = Pair.virtual(IGB, Map.of())) {
            without(pair.b, DeviceFeatures.GRO);
            Seen sent = new Seen(pair.a, PacketKind.OUTGOING);
            Seen received = new Seen(pair.b, PacketKind.HOST);
            byte[] data = bytes(600_000);
            try (Registration _ = tap(pair.a, sent);
                    Registration _ = tap(pair.b, received)) {
                assertArrayEquals(data, pair.transfer(data));
            }
            assertTrue(sent.longest.get() > 10 * MTU, "longest sent: " + sent.longest);
            assertTrue(sent.states.stream().allMatch(ChecksumState.PARTIAL::equals));
            assertEquals(MTU, received.longest.get());
            assertTrue(received.count.get() >= data.length / (MTU - HEADERS));
            assertTrue(received.states.stream().noneMatch(ChecksumState.PARTIAL::equals));
            assertEquals(0, Pair.count(pair.b, "Tcp.InCsumErrors"));
        }
    }

    @Test
    @Mechanism("C3")
    void aCardThatCannotIsGivenSegmentsThatShareThePayload() throws Exception {
        try (Pair pair = Pair.virtual()) {
            without(pair.a, DeviceFeatures.TSO);
            AtomicInteger longest = new AtomicInteger();
            Seen sent = new Seen(pair.a, PacketKind.OUTGOING);
            byte[] data = bytes(600_000);
            try (Registration _ = hook(pair.a, HookPoint.LOCAL_OUT, longest);
                    Registration _ = tap(pair.a, sent)) {
                assertArrayEquals(data, pair.transfer(data));
            }
            assertTrue(longest.get() > 10 * MTU, "longest made: " + longest);
            assertEquals(MTU, sent.longest.get());
            assertEquals(0, pair.a.packets().ledger().copies(), "payload was copied");
        }
    }

    @Test
    @Mechanism("C3")
    void withoutTheFeatureNoneAreMade() throws Exception {
        try (Pair pair = Pair.virtual()) {
            without(pair.a, DeviceFeatures.TSO | DeviceFeatures.GSO);
            AtomicInteger longest = new AtomicInteger();
            byte[] data = bytes(300_000);
            try (Registration _ = hook(pair.a, HookPoint.LOCAL_OUT, longest)) {
                assertArrayEquals(data, pair.transfer(data));
            }
            assertEquals(MTU, longest.get());
        }
    }

    @Test
    void aCardThatCannotGatherIsGivenCopies() throws Exception {
        try (Pair pair = Pair.virtual(IGB, Map.of())) {
            NetDevice eth0 = pair.a.device("eth0");
            pair.a.links().features(eth0, DeviceFeatures.GSO);
            byte[] data = bytes(300_000);
            assertArrayEquals(data, pair.transfer(data));
            assertTrue(pair.a.packets().ledger().copies() > 0);
        }
    }

    @Test
    void segmentsOfOnePollAreMergedBeforeTapsAndTransportSeeThem() throws Exception {
        try (Pair pair = Pair.virtual()) {
            AtomicInteger longest = new AtomicInteger();
            Seen received = new Seen(pair.b, PacketKind.HOST);
            byte[] data = bytes(600_000);
            try (Registration _ = hook(pair.b, HookPoint.LOCAL_IN, longest);
                    Registration _ = tap(pair.b, received)) {
                assertArrayEquals(data, pair.transfer(data));
            }
            assertTrue(longest.get() > 4 * MTU, "longest received: " + longest);
            assertEquals(longest.get(), received.longest.get());
            assertTrue(Pair.count(pair.b, "Tcp.InSegs") >= data.length / (MTU - HEADERS), "segments are counted");
        }
    }

    @Test
    void lossesCutThemWhereTheReportsEnd() throws Exception {
        Map<String, String> bad = Map.of("loss", "2%", "corrupt", "1%", "delay", "2ms");
        try (Pair pair = Pair.virtual(IGB, bad)) {
            byte[] data = bytes(2_000_000);
            assertArrayEquals(data, pair.transfer(data));
            assertTrue(Pair.count(pair.a, "Tcp.RetransSegs") > 0);
            assertTrue(pair.a.packets().ledger().copiedBytes() < data.length / 10, "cuts share the payload");
        }
    }

    private static Registration hook(Stack stack, HookPoint point, AtomicInteger longest) throws Exception {
        return stack.service(Netfilter.class)
                .add(
                        point,
                        AddressFamily.INET,
                        0,
                        (skb, state, cpu) -> {
                            longest.accumulateAndGet(skb.length(), Math::max);
                            return Verdict.ACCEPT;
                        },
                        "test");
    }
}
