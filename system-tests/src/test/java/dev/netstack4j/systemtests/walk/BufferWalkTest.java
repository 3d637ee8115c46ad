package dev.netstack4j.systemtests.walk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.netfilter.Verdict;
import dev.netstack4j.api.socket.DatagramPort;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// One buffer from the card to the socket and from the socket to the card, and who copies it (nobody).
class BufferWalkTest {
    private static byte[] bytes(int n) {
        byte[] b = new byte[n];
        new SplittableRandom(n).nextBytes(b);
        return b;
    }

    @Test
    @Mechanism({"A1", "A3", "A18"})
    void aReceivedPacketStaysInTheBufferThatTheCardWroteUntilTheReaderCopiesIt() throws Exception {
        try (Pair pair = Pair.virtual()) {
            List<Integer> atDriver = new ArrayList<>();
            List<Integer> atTransport = new ArrayList<>();
            Netfilter hooks = pair.b.service(Netfilter.class);
            var family = dev.netstack4j.api.address.AddressFamily.INET;
            try (Registration _ = hooks.add(
                            HookPoint.PRE_ROUTING, family, 0, (skb, state, cpu) -> note(skb, atDriver), "test");
                    Registration _ = hooks.add(
                            HookPoint.LOCAL_IN, family, 0, (skb, state, cpu) -> note(skb, atTransport), "test")) {
                pair.transfer(bytes(100_000));
            }
            assertTrue(atDriver.size() >= 4); // segments of one poll arrive merged
            assertEquals(atDriver, atTransport);
            assertEquals(0, pair.b.packets().ledger().copies(), "packets were copied on the receiving side");
        }
    }

    private static Verdict note(SkBuff skb, List<Integer> where) {
        assertEquals(14, skb.networkHeader() - skb.macHeader());
        where.add((int) skb.addressOf(skb.networkHeader()));
        return Verdict.ACCEPT;
    }

    @Test
    @Mechanism({"A5", "A18"})
    void aBulkSenderReservesRoomForAllHeadersSoNothingIsMoved() throws Exception {
        try (Pair pair = Pair.virtual()) {
            // For TSO the driver writes into the header, so it makes that its own.
            var eth0 = pair.a.device("eth0");
            pair.a.links().features(eth0, eth0.config().features() & ~DeviceFeatures.TSO);
            byte[] sent = bytes(500_000);
            assertArrayEquals(sent, pair.transfer(sent));
            assertEquals(0, pair.a.packets().ledger().reallocations());
            assertEquals(0, pair.a.packets().ledger().copies());
        }
    }

    @Test
    @Mechanism("A7")
    void aCardWithoutScatterGatherGetsOneLinearPieceAndTheBytesAreTheSame() throws Exception {
        try (Pair pair = Pair.virtual()) {
            byte[] sent = bytes(60_000);
            pair.a.links().features(pair.a.device("eth0"), 0);
            assertArrayEquals(sent, pair.transfer(sent));
        }
    }

    @Test
    @Mechanism({"A17", "F15"})
    void aTapSeesAPartialChecksumAndTheWireAGoodOne() throws Exception {
        try (Pair pair = Pair.virtual()) {
            List<Boolean> good = new ArrayList<>();
            assertTrue(pair.a.device("eth0").hasFeature(DeviceFeatures.HW_CSUM)
                    || pair.a.device("eth0").hasFeature(DeviceFeatures.IP_CSUM));
            try (Registration _ = pair.a
                    .service(PacketTypes.class)
                    .add(
                            EtherType.ALL,
                            null,
                            (skb, device, orig, cpu) -> {
                                if (skb.kind() == dev.netstack4j.api.buffer.PacketKind.OUTGOING
                                        && skb.protocol() == EtherType.IPV4) {
                                    good.add(udpChecksumIsGood(skb));
                                }
                                skb.consume(pair.a.packets().ledger().consume("TEST_TAP", "seen by the test"), cpu);
                            },
                            "test")) {
                pair.start("sender", () -> {
                            try (DatagramPort from = DatagramPort.bind(pair.a.sockets(), Pair.addressOf(1, 5000))) {
                                from.send(bytes(1000), 0, 1000, Pair.addressOf(2, 6000));
                            }
                        })
                        .join();
                pair.runtime.pause(Pair.SECOND);
            }
            assertEquals(List.of(false), good);
            assertEquals(0, Pair.count(pair.b, "Udp.InCsumErrors"));
            assertEquals(1, Pair.count(pair.b, "Udp.NoPorts"));
        }
    }

    private static boolean udpChecksumIsGood(SkBuff skb) {
        byte[] b = new byte[skb.length()];
        skb.read(0, b, 0, b.length);
        int ip = b.length - 1028;
        int sum = 17 + 1008;
        for (int i = ip + 12; i < b.length; i += 2) {
            sum += (b[i] & 0xFF) << 8 | b[i + 1] & 0xFF;
        }
        return (sum & 0xFFFF) + (sum >>> 16) == 0xFFFF || ((sum & 0xFFFF) + (sum >>> 16) & 0xFFFF) + 1 == 0x10000;
    }
}
