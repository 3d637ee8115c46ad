package dev.netstack4j.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BusyPollTest {
    private static final long SOON = 30_000;
    private static final long LATE = 5_000_000;

    private int longestMicros = 100;
    private final BusyPoll poll = new BusyPoll(() -> longestMicros);

    @Test
    void aCpuThatIsWokenSoonLooksLongerAndLongerUpToTheSetting() {
        assertEquals(0, poll.nanos());
        poll.slept(SOON);
        assertEquals(25_000, poll.nanos());
        poll.slept(SOON);
        assertEquals(50_000, poll.nanos());
        poll.slept(SOON);
        poll.slept(SOON);
        assertEquals(100_000, poll.nanos());
    }

    @Test
    void oneThatSleepsLongSleepsAtOnceTheNextTime() {
        poll.slept(SOON);
        poll.slept(LATE);
        assertEquals(0, poll.nanos());
    }

    @Test
    void withoutTheSettingNobodyLooks() {
        longestMicros = 0;
        poll.slept(SOON);
        assertEquals(0, poll.nanos());
    }

    @Test
    void whereTheCoreIsWantedByOthersItSleepsAtOnceForLongerAndLonger() {
        poll.slept(SOON);
        assertEquals(1, waitsWithoutLooking());
        assertEquals(3, waitsWithoutLooking());
        poll.found();
        assertEquals(1, waitsWithoutLooking());
        for (int i = 0; i < 10; i++) {
            poll.crowded();
        }
        assertEquals(64, waitsUntilItLooks());
    }

    private int waitsWithoutLooking() {
        poll.crowded();
        return waitsUntilItLooks();
    }

    private int waitsUntilItLooks() {
        int n = 0;
        while (poll.nanos() == 0) {
            n++;
        }
        return n;
    }
}
