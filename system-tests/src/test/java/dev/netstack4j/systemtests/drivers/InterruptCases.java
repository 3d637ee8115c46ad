package dev.netstack4j.systemtests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.netstack4j.api.device.CoalesceParameters;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every kind of interrupt, with and without moderation.
interface InterruptCases extends Fitted {
    @Test
    default void worksWithWhateverInterruptsThereAre() throws Exception {
        assumeTrue(fitting().mostQueues > 1, "the chip has a line only");
        works("", "MSI_X", 4);
        works("msix", "MSI", 1);
        works("msix,msi", "INTX", 1);
    }

    private void works(String refused, String kind, int queues) throws Exception {
        try (Bench bench = Bench.of(fitting(), "queues=4", "refuse=" + refused)) {
            bench.stack.links().ethtool(bench.card, e -> {
                assertTrue(e.driverInfo().contains(kind), e.driverInfo());
                assertEquals(queues, e.channels());
            });
            for (int i = 0; i < 10; i++) {
                bench.works();
            }
        }
    }

    @Test
    default void moderationDelaysButLosesNothing() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            for (long nanos : new long[] {500_000, 20_000, 0}) {
                bench.stack.links().ethtool(bench.card, e -> {
                    e.setCoalesceNanos(nanos);
                    assertEquals(nanos, e.coalesceNanos());
                });
                for (int i = 0; i < 10; i++) {
                    bench.works();
                }
            }
        }
    }

    @Test
    default void delaysPutInterruptsOffAndLoseNothing() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            assumeTrue(hasDelays(bench), "the driver has no delays");
            CoalesceParameters none = CoalesceParameters.NONE;
            List<CoalesceParameters> all = List.of(
                    none.withRx(20_000, 0),
                    none.withRx(20_000, 50_000).withTx(100_000, 0),
                    none.withTx(100_000, 200_000).withInterval(50_000),
                    none);
            for (CoalesceParameters wanted : all) {
                bench.stack.links().ethtool(bench.card, e -> e.coalescing().set(wanted));
                for (int i = 0; i < 10; i++) {
                    bench.works();
                }
                bench.expectSent(List.of(bench.outbound(100)));
                bench.await(
                        () -> bench.stack.packets().live() == bench.count("rx_ring_filled"), "sent packets are kept");
            }
        }
    }

    private static boolean hasDelays(Bench bench) throws NetException {
        try {
            bench.stack.links().ethtool(bench.card, e -> e.coalescing());
            return true;
        } catch (NetException e) {
            return e.errno() != Errno.EOPNOTSUPP;
        }
    }

    /// One frame at a time: each needs an interrupt of its own, so one that is lost or stays masked is noticed.
    @Test
    default void everyFrameIsTakenWhenItComes() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            for (int i = 0; i < 200; i++) {
                bench.expectReceived(List.of(bench.inbound(60 + i)));
            }
        }
    }

    /// Nothing else happens after it: no later frame brings it out.
    @Test
    default void everySentFrameIsFreedByItself() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            int before = bench.stack.packets().live();
            List<byte[]> sent = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sent.add(bench.outbound(100));
                bench.send(sent.getLast());
                bench.takeSent(1);
                bench.await(() -> bench.stack.packets().live() <= before, "a sent packet is kept");
            }
        }
    }
}
