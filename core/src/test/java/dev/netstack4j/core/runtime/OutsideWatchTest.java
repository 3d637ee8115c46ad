package dev.netstack4j.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.netstack4j.core.runtime.OutsideWatch.Verdict;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How long a waiting thread counts as waiting, on a clock of the test's own.
class OutsideWatchTest {
    private static final long LIMIT = 2_000;

    private final CountDownLatch end = new CountDownLatch(1);
    private final SteppedRuntime runtime = new SteppedRuntime(1);
    private final DrivingStrand holder = new DrivingStrand(runtime);
    private long now;

    @BeforeEach
    void aThreadWaits() {
        Thread waiting = Thread.ofPlatform().daemon().start(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        holder.bind(waiting);
    }

    @AfterEach
    void endIt() {
        end.countDown();
        runtime.close();
    }

    private Verdict after(OutsideWatch watch, long nanos, long progress) {
        now += nanos;
        return watch.look(progress, holder);
    }

    @Test
    void aThreadThatWaitsForTheWholeLimitIsOutside() {
        OutsideWatch watch = new OutsideWatch(LIMIT, 7, () -> now);
        for (int i = 1; i < 8; i++) {
            assertEquals(Verdict.GOES_ON, after(watch, LIMIT / 8, 7));
        }
        assertEquals(Verdict.OUTSIDE, after(watch, LIMIT / 8, 7));
    }

    @Test
    void progressBeginsAnew() {
        OutsideWatch watch = new OutsideWatch(LIMIT, 7, () -> now);
        for (int i = 0; i < 100; i++) {
            assertEquals(Verdict.GOES_ON, after(watch, LIMIT / 8, i / 7));
        }
    }

    @Test
    void aThreadThatComputesMayStandInALockForAMoment() {
        OutsideWatch watch = new OutsideWatch(LIMIT, 7, () -> now);
        Thread computes = Thread.currentThread();
        Thread waits = holder.thread();
        for (int i = 0; i < 100; i++) {
            holder.bind(i % 8 == 7 ? waits : computes);
            assertEquals(Verdict.GOES_ON, after(watch, LIMIT / 8, 7));
        }
    }

    @Test
    void aProcessThatWasStoppedForAnHourHasNotWaited() {
        OutsideWatch watch = new OutsideWatch(LIMIT, 7, () -> now);
        assertEquals(Verdict.GOES_ON, after(watch, 3_600_000_000_000L, 7));
        assertEquals(Verdict.GOES_ON, after(watch, LIMIT / 8, 7));
    }
}
