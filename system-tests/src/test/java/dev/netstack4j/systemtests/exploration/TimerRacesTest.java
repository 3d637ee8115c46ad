package dev.netstack4j.systemtests.exploration;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.systemtests.exploration.RacyTimer.Bug;
import dev.netstack4j.testkit.explore.Explorer;
import dev.netstack4j.testkit.explore.FailedSchedule;
import dev.netstack4j.testkit.explore.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A timer is cancelled while it expires.
class TimerRacesTest {
    private static final int SCHEDULES = 250;
    private static final long PERIOD = RacyTimer.PERIOD_NANOS;

    /// The second expiry and the end fall on one instant; a coarse timer comes up to 4 ms later.
    private static Scenario cancelled(boolean exact, Bug bug) {
        return (runtime, choices) -> {
            Stack stack = Races.bare(runtime);
            RacyTimer racy = new RacyTimer(stack, exact, bug);
            Races.onCpu(stack, racy::begin);
            long[] due = new long[1];
            runtime.advance(PERIOD + PERIOD / 2);
            due[0] = runtime.nextDeadlineNanos();
            choices.begin();
            runtime.start("ends", () -> {
                runtime.pause(due[0] - runtime.clock().nanos());
                Races.onCpu(stack, racy::end);
            });
            runtime.advance(4 * PERIOD);
            choices.end();
            if (racy.late != 0 || racy.timer.isArmed()) {
                throw new AssertionError("the timer expired " + racy.late + " times after its end");
            }
            if (stack.packets().live() != 0) {
                throw new AssertionError(stack.packets().live() + " packets stay after the end, freed " + racy.freed);
            }
            Races.close(stack);
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTimerThatIsCancelledWhileItExpiresDoesNothingAfterItsEnd(boolean exact) {
        Races.check(
                "timer cancel against expiry, " + (exact ? "exact" : "coarse"), SCHEDULES, cancelled(exact, Bug.NONE));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedBugIsFoundAndShortened(Bug bug) {
        for (boolean exact : new boolean[] {true, false}) {
            String name = bug + (exact ? ", exact" : ", coarse");
            Explorer e = Explorer.of(name, cancelled(exact, bug)).schedules(1000);
            FailedSchedule found = e.search();
            assertNotNull(found, name + " was not found");
            System.out.println("exploration: " + name + " found by schedule " + found.found() + ", shortened from "
                    + found.originalSize() + " to " + found.schedule() + ": " + found.steps());
            assertTrue(found.schedule().size() <= 4, found.schedule().toString());
        }
    }
}
