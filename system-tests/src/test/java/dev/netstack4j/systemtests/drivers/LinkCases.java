package dev.netstack4j.systemtests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.runtime.ControlLock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The link, opening and stopping, reset.
interface LinkCases extends Fitted {
    @Test
    default void tellsOfALinkThatGoesAndComes() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            for (int i = 0; i < 3; i++) {
                bench.wire.link(false);
                bench.await(() -> !bench.card.hasCarrier(), "a link that goes is not told of");
                bench.stack.links().ethtool(bench.card, e -> assertEquals(0, e.speedMbps()));
                bench.wire.link(true);
                bench.await(bench.card::hasCarrier, "a link that comes is not told of");
                bench.stack.links().ethtool(bench.card, e -> assertEquals(1000, e.speedMbps()));
                bench.works();
            }
        }
    }

    @Test
    default void openingWithoutALinkWaitsForIt() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            bench.down();
            bench.wire.link(false);
            bench.stack.links().up(bench.card);
            bench.settle();
            assertFalse(bench.card.hasCarrier());
            bench.wire.link(true);
            bench.await(bench.card::hasCarrier, "a link that comes is not told of");
            bench.works();
        }
    }

    @Test
    default void worksEachTimeThatItIsOpened() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            for (int i = 0; i < 5; i++) {
                bench.works();
                bench.down();
                bench.wire.send(bench.inbound(100));
                bench.settle();
                bench.up();
                int kept = fitting().has(Deviation.KEEPS_FRAMES_WHILE_DOWN) ? 1 : 0;
                int got = bench.deliverAfter(bench.inbound(77)).size();
                assertTrue(got <= 1 + kept, "frames that came while it was down");
                bench.works();
            }
        }
    }

    @Test
    default void worksAfterItWasStoppedInTheMiddleOfTraffic() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            for (int i = 0; i < 5; i++) {
                List<byte[]> out = new ArrayList<>();
                for (int n = 0; n < 40; n++) {
                    out.add(bench.outbound(1000));
                    bench.wire.send(bench.inbound(1000));
                }
                bench.sendAll(out);
                bench.down();
                bench.settle();
                assertEquals(0, bench.stack.packets().live(), "nothing is held while it is down");
                bench.wire.takeSent();
                bench.seen.take();
                bench.up();
                bench.works();
            }
        }
    }

    @Test
    default void worksAfterTheResetOfAHungTransmitter() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            ControlLock lock = bench.stack.service(ControlLock.class);
            for (int i = 0; i < 3; i++) {
                lock.lock();
                try {
                    bench.card.ops().txTimeout(0);
                } finally {
                    lock.unlock();
                }
                bench.await(bench.card::hasCarrier, "there is no link");
                bench.works();
            }
        }
    }

    @Test
    default void worksAfterItWasProbedAgain() throws Exception {
        try (Bench bench = Bench.of(fitting())) {
            bench.works();
            for (int i = 0; i < 3; i++) {
                bench.reprobe();
                bench.works();
            }
        }
    }
}
