package dev.netstack4j.testkit.explore;

import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.stack.StackFactory;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Searches the schedules of a scenario for one under which it fails: the default order first, then by turns few
/// preemptions, priorities that change at few points, and random walks. All from one seed.
///
/// ```java
/// Explorer.of("stop against wake", (runtime, choices) -> { … }).schedules(2000).check();
/// ```
public final class Explorer {
    /// The system property that makes [#check] run one schedule, given as its value, instead of searching.
    public static final String PROPERTY = "netstack4j.schedule";

    private static final int EVENTS = 20;
    private static final int MOST_FEWER = 4;
    private static final int TRIALS_OF_A_SIZE = 200;

    private final String name;
    private final Scenario scenario;
    private long seed = 1;
    private int schedules = 1000;
    private int preemptions = 3;
    private long choices;
    private int ran;

    private Explorer(String name, Scenario scenario) {
        this.name = name;
        this.scenario = scenario;
    }

    /// 1000 schedules with seed 1 and at most 3 preemptions, unless set otherwise.
    public static Explorer of(String name, Scenario scenario) {
        return new Explorer(name, scenario);
    }

    /// Everything random follows from it.
    public Explorer seed(long wanted) {
        seed = wanted;
        return this;
    }

    /// How many are tried at most.
    public Explorer schedules(int wanted) {
        schedules = wanted;
        return this;
    }

    /// How often at most somebody is stopped who could go on, in the schedules that are bounded so; at least 1.
    public Explorer preemptions(int wanted) {
        preemptions = wanted;
        return this;
    }

    /// Searches; fails with the shortened schedule, if there is one.
    ///
    /// @throws AssertionError with a report for people
    public void check() {
        String one = System.getProperty(PROPERTY);
        FailedSchedule failed = one == null ? search() : replay(Schedule.parse(one));
        if (failed != null) {
            throw new AssertionError(failed.report(name, seed), failed.cause());
        }
    }

    /// Searches.
    ///
    /// @return the first schedule that fails, shortened, or null when none did
    public @Nullable FailedSchedule search() {
        int length = 100;
        for (int i = 0; i < schedules; i++) {
            Attempt attempt = attempt(strategy(i, length));
            length = Math.max(1, attempt.made);
            if (attempt.failure != null) {
                return shortened(i + 1, attempt.schedule);
            }
        }
        return null;
    }

    /// Runs one schedule.
    ///
    /// @return null when it does not fail
    public @Nullable FailedSchedule replay(Schedule schedule) {
        Attempt a = attempt(Strategy.of(schedule));
        return a.failure == null
                ? null
                : new FailedSchedule(a.schedule, 1, schedule.size(), a.steps, a.events, a.failure);
    }

    /// How many schedules have run, those for shortening included.
    public int schedulesRun() {
        return ran;
    }

    /// How many choices were made in all of them.
    public long choicesMade() {
        return choices;
    }

    private Strategy strategy(int number, int length) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        if (number == 0) {
            return Strategy.of(Schedule.parse("default"));
        }
        return switch (number % 4) {
            case 1, 2 -> Strategy.fewPreemptions(random, 1 + random.nextInt(preemptions), length);
            case 3 -> Strategy.priorities(random, random.nextInt(preemptions + 1), length);
            default -> Strategy.walk(random, 1.0 / (1 << 1 + random.nextInt(6)));
        };
    }

    private FailedSchedule shortened(int found, Schedule first) {
        Schedule shortest = Shortener.shorten(fewer(first), s -> attempt(Strategy.of(s)).failure != null);
        Attempt last = attempt(Strategy.of(shortest));
        Throwable cause = last.failure;
        return new FailedSchedule(
                last.schedule,
                found,
                first.size(),
                last.steps,
                last.events,
                cause == null
                        ? new IllegalStateException("a schedule failed that does not fail when repeated: the scenario"
                                + " does not do the same each time")
                        : cause);
    }

    /// Looks for a schedule with fewer differences: taking some out of one that was found does not reach all.
    private Schedule fewer(Schedule found) {
        SplittableRandom random = new SplittableRandom(seed);
        int length = found.choices().stream().mapToInt(c -> c + 1).max().orElse(1);
        for (int size = 1; size < Math.min(found.size(), MOST_FEWER + 1); size++) {
            for (int i = 0; i < TRIALS_OF_A_SIZE; i++) {
                Attempt a = attempt(Strategy.fewPreemptions(random.split(), size, length));
                if (a.failure != null) {
                    return a.schedule;
                }
            }
        }
        return found;
    }

    private record Attempt(
            int made,
            Schedule schedule,
            List<String> steps,
            List<String> events,
            @Nullable Throwable failure) {}

    private Attempt attempt(Strategy strategy) {
        ran++;
        VirtualRuntime runtime = StackFactory.find().virtualTime(seed);
        Choices made = new Choices(runtime, strategy);
        Throwable failure = null;
        List<String> events = List.of();
        try {
            scenario.run(runtime, made);
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            failure = e;
            List<String> all = runtime.recentEvents();
            events = all.subList(Math.max(0, all.size() - EVENTS), all.size());
        } finally {
            runtime.close();
        }
        choices += made.made();
        return new Attempt(made.made(), made.schedule(), made.steps(), events, failure);
    }
}
