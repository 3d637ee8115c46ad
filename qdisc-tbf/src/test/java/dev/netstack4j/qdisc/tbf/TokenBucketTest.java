package dev.netstack4j.qdisc.tbf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTest {
    private static final long FORTY_GIGABIT = 5_000_000_000L;

    @Test
    void aNewBucketIsFull() {
        TokenBucket b = new TokenBucket(1000, 500, 0);
        assertTrue(b.allows(500));
        b.take(500);
        assertFalse(b.allows(1));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1, 1000000",
        "1000, 500, 500000000",
        "5000000000, 60, 12",
        "5000000000, 61, 13",
        "3, 1, 333333334"
    })
    @Mechanism("F7")
    void theReleaseInstantIsTheFirstNanosecondAtWhichThePacketFits(long rate, long bytes, long wait) {
        TokenBucket b = new TokenBucket(rate, 1000, 7);
        b.take(1000);
        assertEquals(7 + wait, b.readyAt(bytes));
        b.fill(7 + wait - 1);
        assertFalse(b.allows(bytes));
        b.fill(7 + wait);
        assertTrue(b.allows(bytes));
    }

    @ParameterizedTest
    @CsvSource({"125000, 1514", "5000000000, 60", "5000000000, 1514", "12345678901, 61", "1, 1"})
    @Mechanism("F19")
    void theRateIsExactOverManyPackets(long rate, long bytes) {
        TokenBucket b = new TokenBucket(rate, 2 * bytes, 0);
        b.take(2 * bytes);
        long now = 0;
        int packets = 10_000;
        for (int i = 0; i < packets; i++) {
            now = b.readyAt(bytes);
            b.fill(now);
            assertTrue(b.allows(bytes));
            b.take(bytes);
        }
        double expected = (double) bytes * packets * 1e9 / rate;
        assertEquals(expected, now, 1.0, "nanoseconds for all packets");
    }

    @Test
    void aLongPauseFillsItAndNotMore() {
        TokenBucket b = new TokenBucket(TokenBucket.MOST_RATE, TokenBucket.MOST_BURST, 0);
        b.take(TokenBucket.MOST_BURST);
        b.fill(Long.MAX_VALUE / 2);
        assertTrue(b.allows(TokenBucket.MOST_BURST));
        b.take(TokenBucket.MOST_BURST);
        assertFalse(b.allows(1));
    }

    @Test
    void timeThatGoesBackwardsAddsNothing() {
        TokenBucket b = new TokenBucket(FORTY_GIGABIT, 100, 1000);
        b.take(100);
        b.fill(500);
        assertFalse(b.allows(1));
        b.fill(1020);
        assertTrue(b.allows(100));
    }

    @Test
    void aPacketLongerThanAShrunkenBucketPassesWhenItIsFullAndLeavesADebt() {
        TokenBucket b = new TokenBucket(1000, 1000, 0);
        b.change(1000, 100, 0);
        assertTrue(b.allows(600));
        b.take(600);
        assertEquals(501_000_000L, b.readyAt(1));
    }

    @Test
    void aChangeOfRateKeepsWhatHasAccrued() {
        TokenBucket b = new TokenBucket(1000, 1000, 0);
        b.take(1000);
        b.change(10, 1000, 500_000_000L);
        assertTrue(b.allows(500));
        assertFalse(b.allows(501));
    }
}
