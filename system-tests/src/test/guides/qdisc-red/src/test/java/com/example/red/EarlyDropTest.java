package com.example.red;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.testkit.fake.FakeRandom;
import org.junit.jupiter.api.Test;

class EarlyDropTest {
    private final EarlyDrop early = new EarlyDrop(1000, 3000, 0.1, new FakeRandom(1).stream("red"));

    private int dropsOf(int packets, long bytes) {
        int drops = 0;
        for (int i = 0; i < packets; i++) {
            drops += early.drops(bytes) ? 1 : 0;
        }
        return drops;
    }

    @Test
    void aShortQueueLosesNothing() {
        assertEquals(0, dropsOf(10_000, 900));
    }

    @Test
    void aBurstIntoAnEmptyQueueLosesNothing() {
        assertEquals(0, dropsOf(100, 3000));
    }

    @Test
    void betweenTheBoundsTheShareGrowsWithTheAverage() {
        dropsOf(5_000, 1500);
        int few = dropsOf(10_000, 1500);
        dropsOf(5_000, 2500);
        int more = dropsOf(10_000, 2500);
        assertTrue(100 < few && few < more && more < 2000, few + " and " + more);
    }

    @Test
    void aboveTheUpperBoundAllIsLostUntilAPause() {
        dropsOf(10_000, 4000);
        assertTrue(early.drops(4000));
        early.idle(1_000_000_000L);
        assertFalse(early.drops(0));
    }
}
