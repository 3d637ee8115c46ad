package dev.netstack4j.systemtests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.testkit.kit.lab.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Frames of every size, both ways.
interface PacketCases extends Fitted {
    @Test
    default void framesOfEveryLengthPassBothWays() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            List<byte[]> out = new ArrayList<>();
            List<byte[]> in = new ArrayList<>();
            for (int bytes = Frames.LEAST; bytes <= 1514; bytes++) {
                out.add(bench.outbound(bytes));
                in.add(bench.inbound(bytes));
            }
            bench.expectSent(out);
            bench.expectReceived(in);
            expectCounted(bench, out, in);
        }
    }

    private static void expectCounted(Bench bench, List<byte[]> out, List<byte[]> in) {
        long bytes = out.stream().mapToLong(f -> f.length).sum();
        bench.await(() -> bench.stats().txPackets == out.size(), "sent frames are not counted");
        DeviceStats stats = bench.stats();
        assertEquals(in.size(), stats.rxPackets, "frames received");
        assertEquals(bytes, stats.txBytes, "bytes sent");
        assertEquals(bytes, stats.rxBytes, "bytes received");
        assertEquals(out.size(), stats.chip().get("tx_packets"), "frames sent, as the chip counts them");
        assertEquals(in.size(), stats.chip().get("rx_packets"), "frames received, as the chip counts them");
        assertEquals(0, stats.rxErrors + stats.txErrors + stats.rxDropped + stats.txDropped + stats.rxMissed);
    }

    @Test
    default void shortFramesArePaddedWithZeros() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            List<byte[]> out =
                    IntStream.range(14, Frames.LEAST).mapToObj(bench::outbound).toList();
            bench.expectSent(out);
            bench.send(out.getFirst());
            int length = bench.takeSent(1).getFirst().length;
            assertEquals(fitting().has(Deviation.NO_PADDING) ? 14 : Frames.LEAST, length);
        }
    }

    @Test
    default void framesInSeveralPiecesLeaveInOne() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            List<byte[]> wanted = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                List<Integer> frags = new ArrayList<>();
                int linear = 14 + bench.random.nextInt(60);
                int length = linear;
                for (int n = bench.random.nextInt(1, 10); n > 0; n--) {
                    frags.add(bench.random.nextInt(1, 140));
                    length += frags.getLast();
                }
                byte[] frame = bench.outbound(Math.max(length, linear));
                wanted.add(frame);
                bench.sendPieces(frame, linear, frags, skb -> {});
            }
            assertEquals("", Frames.difference(wanted, bench.takeSent(100)));
        }
    }

    @Test
    default void longFramesPassInSeveralBuffers() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            bench.stack.links().mtu(bench.card, 9000);
            List<byte[]> out = new ArrayList<>();
            List<byte[]> in = new ArrayList<>();
            for (int bytes : new int[] {60, 1514, 1515, 2047, 2048, 2049, 4095, 4096, 4097, 6145, 8999, 9013, 9014}) {
                out.add(bench.outbound(bytes));
                in.add(bench.inbound(bytes));
            }
            bench.expectSent(out);
            bench.expectReceived(in);
        }
    }

    @Test
    default void framesThatAreTooLongAreNotHandedUp() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            assertTrue(bench.takes(bench.inbound(1514)));
            assertFalse(bench.takes(bench.inbound(1600)));
            assertFalse(bench.takes(bench.inbound(4000)));
        }
    }

    @Test
    default void manyFramesKeepTheirOrderBothWaysAtOnce() throws Exception {
        try (Bench bench = Bench.of(fitting(), "rx=80", "tx=80")) {
            List<byte[]> out = numbered(bench, true);
            List<byte[]> in = numbered(bench, false);
            List<byte[]> got = new ArrayList<>();
            for (int at = 0; at < in.size(); at += 50) {
                bench.sendAll(out.subList(at, at + 50));
                bench.deliver(in.subList(at, at + 50)).forEach(f -> got.add(f.bytes()));
            }
            assertEquals("", Frames.difference(in, got), "received");
            assertEquals("", Frames.difference(out, bench.takeSent(out.size())), "sent");
        }
    }

    private static List<byte[]> numbered(Bench bench, boolean out) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            int bytes = bench.random.nextInt(60, 400);
            all.add(Frames.numbered(out ? bench.outbound(bytes) : bench.inbound(bytes), i));
        }
        return all;
    }
}
