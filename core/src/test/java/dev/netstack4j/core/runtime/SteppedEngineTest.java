package dev.netstack4j.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An engine that belongs to no stack.
class SteppedEngineTest {
    private final SteppedRuntime runtime = new SteppedRuntime(1);
    private final List<Long> runs = new ArrayList<>();

    private final class Every10 implements Engine {
        private long next = 10;

        @Override
        public int doWork(long now) {
            runs.add(now);
            next = now < 30 ? now + 10 : NEVER;
            return 0;
        }

        @Override
        public long nextDeadlineNanos() {
            return next;
        }
    }

    @Test
    void timeMovesToItsDeadlines() {
        runtime.engine("every 10", new Every10());
        runtime.runUntilIdle();
        assertEquals(List.of(10L, 20L, 30L), runs);
        assertEquals(30, runtime.clock().nanos());
    }

    @Test
    void aRingRunsItAtThePresentInstant() {
        EngineHandle handle = runtime.engine("rung", now -> {
            runs.add(now);
            return runs.size() < 3 ? 1 : 0; // and wants to go on
        });
        handle.ring();
        runtime.runDue();
        assertEquals(List.of(0L, 0L, 0L), runs);
    }

    @Test
    void aRemovedOneNeverRuns() {
        EngineHandle handle = runtime.engine("removed", new Every10());
        handle.remove();
        assertFalse(runtime.step());
        assertEquals(List.of(), runs);
    }
}
