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
            bench.settle();
            List<Integer> numbers = bench.seen.take().stream()
                    .map(f -> Frames.number(f.bytes()))
                    .toList();
            assertEquals(numbers.stream().sorted().distinct().toList(), numbers);
            if (!fitting().has(Deviation.NO_PAUSE)) {
                assertEquals(burst.size(), numbers.size());
            }
            bench.works();
        }
    }
}
