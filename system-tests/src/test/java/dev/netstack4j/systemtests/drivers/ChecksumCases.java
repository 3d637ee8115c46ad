package dev.netstack4j.systemtests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.systemtests.drivers.Transport.Ends;
import dev.netstack4j.testkit.kit.lab.Frames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Checksums that the device completes on the way out and verifies on the way in.
interface ChecksumCases extends Fitted {
    /// Every kind: both protocols over both families, with and without options, short, odd and long.
    private static List<Transport> kinds(Ends ends, Bench bench) {
        List<Transport> all = new ArrayList<>();
        for (int protocol : new int[] {Transport.TCP, Transport.UDP}) {
            for (int payload : new int[] {26, 27, 500, 1401}) {
                all.add(Transport.ipv4(protocol, ends, 0, payload, bench.random));
                all.add(Transport.ipv4(protocol, ends, 24, payload, bench.random));
                all.add(Transport.ipv6(protocol, ends, payload, bench.random));
            }
        }
        return all;
    }

    private static Ends out(Bench bench) {
        return Ends.flow(Frames.PEER, bench.mac(), 1);
    }

    private static Ends in(Bench bench) {
        return Ends.flow(bench.mac(), Frames.PEER, 1);
    }

    @Test
    default void checksumsAreCompletedOnTheWayOut() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            assumeTrue(bench.card.hasFeature(DeviceFeatures.HW_CSUM), "the driver declares no such offload");
            List<byte[]> wanted = new ArrayList<>();
            for (Transport t : kinds(out(bench), bench)) {
                wanted.add(t.bytes);
                sendOpen(bench, t, t.bytes.length, List.of());
            }
            assertEquals("", Frames.difference(wanted, bench.takeSent(wanted.size())));
        }
    }

    private static void sendOpen(Bench bench, Transport t, int linear, List<Integer> frags) {
        bench.sendPieces(
                t.open(), linear, frags, skb -> skb.checksumPartial(skb.data() + t.transport, t.checksumOffset()));
    }

    @Test
    default void checksumsAreCompletedOverSeveralPieces() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            List<byte[]> wanted = new ArrayList<>();
            for (Transport t : kinds(out(bench), bench)) {
                wanted.add(t.bytes);
                int rest = t.bytes.length - t.payload();
                sendOpen(bench, t, t.payload(), List.of(rest / 3, rest - rest / 3));
            }
            assertEquals("", Frames.difference(wanted, bench.takeSent(wanted.size())));
        }
    }

    @Test
    default void packetsWithAndWithoutAnOffloadMayFollowEachOtherInAnyOrder() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            List<byte[]> wanted = new ArrayList<>();
            List<Transport> kinds = kinds(out(bench), bench);
            for (int i = 0; i < 200; i++) {
                Transport t = kinds.get(bench.random.nextInt(kinds.size()));
                if (bench.random.nextBoolean()) {
                    wanted.add(t.bytes);
                    sendOpen(bench, t, t.bytes.length, List.of());
                } else {
                    wanted.add(t.damaged());
                    bench.send(t.damaged());
                }
            }
            assertEquals("", Frames.difference(wanted, bench.takeSent(wanted.size())));
        }
    }

    @Test
    default void checksumsAreVerifiedOnTheWayIn() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            ChecksumState right =
                    fitting().has(Deviation.NO_RX_CHECKSUM) ? ChecksumState.NONE : ChecksumState.UNNECESSARY;
            for (Transport t : kinds(in(bench), bench)) {
                Seen.Frame good = bench.deliver(List.of(t.bytes)).getFirst();
                if (t.isIpv4()) {
                    assertEquals(right, good.checksum());
                }
                Seen.Frame bad = bench.deliver(List.of(t.damaged())).getFirst();
                assertNotEquals(ChecksumState.UNNECESSARY, bad.checksum());
                assertEquals("", Frames.difference(List.of(t.damaged()), List.of(bad.bytes())));
            }
        }
    }

    @Test
    default void checksumsAreNotVerifiedWhenThatIsOff() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            long all = bench.card.config().features();
            for (boolean on : new boolean[] {false, true, false}) {
                bench.stack.links().features(bench.card, on ? all : all & ~DeviceFeatures.RXCSUM);
                byte[] frame = Transport.ipv4(Transport.TCP, in(bench), 0, 100, bench.random).bytes;
                boolean verified = on && !fitting().has(Deviation.NO_RX_CHECKSUM);
                assertEquals(
                        verified ? ChecksumState.UNNECESSARY : ChecksumState.NONE,
                        bench.deliver(List.of(frame)).getFirst().checksum());
            }
        }
    }
}
