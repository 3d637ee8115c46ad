package dev.netstack4j.systemtests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.systemtests.qemu.Leftover;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The faults one after the other in real time, with threads that really run beside each other.
@Tag("nightly")
@Timeout(300)
class RealTimeTest {
    @ParameterizedTest
    @ValueSource(strings = {"82540em", "82576"})
    void aCardThatFailsInEveryWayLeavesNoThreadAndNoFile(String model) throws Exception {
        life(model);
        Leftover before = Leftover.now();
        life(model);
        assertEquals(before, Leftover.now());
    }

    private static void life(String model) throws Exception {
        try (FaultyPair f = FaultyPair.real(model)) {
            f.assertTrafficGoesOn();
            for (String fault : new String[] {
                "lose-irq:3",
                "spurious-irq:200+repeat-irq:200",
                "late-writeback:20ms",
                "dma-error:3",
                "hang-tx",
                "link-flap:200ms@1"
            }) {
                f.inject(fault);
                f.assertTrafficGoesOn();
            }
            f.inject("remove");
            assertTrue(f.pair.comesTrue(() -> !f.card().hasCarrier()), "it was not noticed that the card is gone");
            f.pair.a.hardware().unplug(f.card());
            assertFalse(f.told().isEmpty());
            f.assertEndsCleanly();
        }
    }
}
