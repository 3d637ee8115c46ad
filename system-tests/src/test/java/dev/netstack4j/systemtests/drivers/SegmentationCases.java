package dev.netstack4j.systemtests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.systemtests.drivers.Transport.Ends;
import dev.netstack4j.testkit.kit.lab.Frames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Large TCP packets that the device cuts.
interface SegmentationCases extends Fitted {
    /// Most bytes of one piece of memory here.
    int PIECE = 3500;

    /// Segment size and payload.
    int[][] SIZES = {{1460, 1461}, {1460, 2920}, {1460, 10_000}, {536, 5000}, {1000, 30_001}, {1448, 60_000}};

    @Test
    default void largePacketsAreCut() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            assumeTrue(bench.card.hasFeature(DeviceFeatures.TSO), "the driver declares no such offload");
            for (int[] size : SIZES) {
                cut(bench, size[0], size[1]);
            }
            bench.stack.links().mtu(bench.card, 9000);
            cut(bench, 8960, 40_000);
        }
    }

    private void cut(Bench bench, int mss, int payload) {
        Transport whole = whole(bench, payload);
        sendLarge(bench, whole, mss, skb -> {});
        List<byte[]> wanted = segments(whole, mss);
        assertEquals("", Frames.difference(wanted, bench.takeSent(wanted.size())), mss + " of " + payload);
    }

    @Test
    default void largePacketsSmallOnesAndTagsMayFollowEachOtherInAnyOrder() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            assumeTrue(bench.card.hasFeature(DeviceFeatures.TSO), "the driver declares no such offload");
            List<byte[]> wanted = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int tag = 1 + bench.random.nextInt(3);
                Transport t = whole(bench, bench.random.nextInt(2000, 9000));
                byte[] small = bench.outbound(100);
                switch (bench.random.nextInt(3)) {
                    case 0 -> {
                        sendLarge(bench, t, 1400, skb -> skb.vlanTag(tag));
                        segments(t, 1400).forEach(s -> wanted.add(Frames.tagged(s, tag)));
                    }
                    case 1 -> {
                        sendLarge(bench, t, 1000, skb -> {});
                        wanted.addAll(segments(t, 1000));
                    }
                    default -> {
                        bench.send(small);
                        wanted.add(small);
                    }
                }
            }
            assertEquals("", Frames.difference(wanted, bench.takeSent(wanted.size())));
        }
    }

    private static Transport whole(Bench bench, int payload) {
        Ends ends = Ends.flow(Frames.PEER, bench.mac(), 3);
        Transport t = Transport.ipv4(Transport.TCP, ends, 0, payload, bench.random);
        t.flags(Transport.ACK | Transport.PSH | Transport.FIN);
        return t;
    }

    private static void sendLarge(Bench bench, Transport t, int mss, Consumer<SkBuff> dress) {
        int payload = t.bytes.length - t.payload();
        List<Integer> frags = new ArrayList<>();
        for (int rest = payload; rest > 0; rest -= frags.getLast()) {
            frags.add(Math.min(rest, Math.max(PIECE, (payload + 16) / 17)));
        }
        int pieces = (payload + mss - 1) / mss;
        bench.sendPieces(t.open(), t.payload(), frags, skb -> {
            skb.checksumPartial(skb.data() + t.transport, t.checksumOffset());
            skb.gso(GsoType.TCP4, mss, pieces);
            dress.accept(skb);
        });
    }

    /// What RFC 9293 makes of it: each with its own length, identification, sequence number and checksums; what ends
    /// the packet is said in the last one only.
    private List<byte[]> segments(Transport whole, int mss) {
        boolean cleared = fitting().has(Deviation.CLEARS_FIN_AND_PUSH);
        List<byte[]> all = new ArrayList<>();
        int headers = whole.payload();
        int last = whole.bytes.length - (fitting().has(Deviation.SENDS_EMPTY_SEGMENT) ? 0 : 1);
        for (int at = headers, n = 0; at <= last; at += mss, n++) {
            int end = Math.min(at + mss, whole.bytes.length);
            byte[] f = Arrays.copyOf(whole.bytes, headers + end - at);
            System.arraycopy(whole.bytes, at, f, headers, end - at);
            Transport t = Transport.of(f);
            t.put16(t.network + 2, f.length - t.network);
            t.put16(t.network + 4, whole.get16(whole.network + 4) + n);
            t.sequence(whole.sequence() + at - headers);
            boolean ends = end == whole.bytes.length && !cleared;
            t.flags(ends ? whole.flags() : whole.flags() & ~(Transport.FIN | Transport.PSH));
            t.sum();
            all.add(f);
        }
        return all;
    }
}
