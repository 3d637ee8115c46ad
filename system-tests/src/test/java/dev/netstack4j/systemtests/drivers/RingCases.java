package dev.netstack4j.systemtests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.testkit.kit.lab.Frames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rings of every size, each gone round once and a bit.
interface RingCases extends Fitted {
    int LAST = 100_000;

    int[][] SIZES = {{80, 80}, {88, 96}, {128, 80}, {80, 256}, {1024, 512}, {4096, 80}, {80, 4096}, {4096, 4096}};

    @Test
    default void ringsOfEverySizeGoRound() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            for (int[] size : SIZES) {
                goRound(bench, size[0], size[1]);
            }
        }
    }

    private static void goRound(Bench bench, int rx, int tx) throws Exception {
        bench.stack.links().ethtool(bench.card, e -> e.setRings(rx, tx));
        bench.await(bench.card::hasCarrier, "there is no link");
        bench.stack.links().ethtool(bench.card, e -> {
            assertEquals(rx, e.rings().rx());
            assertEquals(tx, e.rings().tx());
        });
        bench.expectSent(frames(bench, tx + 50, true));
        bench.expectReceived(frames(bench, rx + 50, false));
    }

    private static List<byte[]> frames(Bench bench, int count, boolean out) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int bytes = bench.random.nextInt(60, 130);
            all.add(Frames.numbered(out ? bench.outbound(bytes) : bench.inbound(bytes), i));
        }
        return all;
    }

    @Test
    default void ringsThatTheChipCannotHaveAreRefused() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            for (int wrong : new int[] {0, 79, 4097}) {
                NetException e = assertThrows(
                        NetException.class,
                        () -> bench.stack.links().ethtool(bench.card, ops -> ops.setRings(wrong, 256)));
                assertEquals(Errno.EINVAL, e.errno());
            }
            bench.works();
        }
    }

    /// With PAUSE frames nothing is lost.
    @Test
    default void aBurstOfMoreFramesThanTheRingHasBuffersKeepsItsOrder() throws Exception {
        try (Bench bench = Bench.of(fitting(), "rx=80")) {
            List<byte[]> burst = frames(bench, 500, false);
            burst.forEach(bench.wire::send);
            bench.await(() -> bench.wire.waiting() == 0, "the card does not take all");
            if (!fitting().has(Deviation.NO_PAUSE)) {
                bench.await(() -> bench.seen.count() == burst.size(), "frames are lost in spite of PAUSE frames");
            }
            List<Integer> numbers = untilLast(bench);
            assertEquals(numbers.stream().sorted().toList(), numbers, "their order");
            bench.expectSent(List.of(bench.outbound(200)));
        }
    }

    /// The numbers of all frames until one that is sent again and again comes through, the first time that it does.
    private static List<Integer> untilLast(Bench bench) {
        List<Integer> numbers = new ArrayList<>();
        bench.await(
                () -> {
                    bench.wire.send(Frames.numbered(bench.inbound(60), LAST));
                    bench.seen.take().forEach(f -> numbers.add(Frames.number(f.bytes())));
                    return numbers.contains(LAST);
                },
                "nothing is received after a burst");
        return numbers;
    }
}
