package dev.netstack4j.testkit.kit;

import dev.netstack4j.testkit.kit.Verdict.Outcome;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Judges rules. Each trial has a thread of its own, so that a subject that never returns fails instead of standing
/// still; such a thread is a daemon and stays behind.
public final class Judge {
    private static final int MOST_SECONDS = 30;

    private Judge() {}

    /// Judges one rule once.
    public static <S extends Subject> Verdict judge(Rule<S> rule, S subject, long seed) {
        return judge(rule, subject, seed, MOST_SECONDS);
    }

    /// Judges one rule once, for at most that many seconds of real time.
    public static <S extends Subject> Verdict judge(Rule<S> rule, S subject, long seed, int mostSeconds) {
        Trial trial = new Trial(seed, rule.id());
        Throwable failure = run(() -> trial.end(attempt(rule, subject, trial)), mostSeconds);
        return verdict(rule, subject, trial, failure);
    }

    private static <S extends Subject> @Nullable Throwable attempt(Rule<S> rule, S subject, Trial trial) {
        String why = subject.unjudgeable(rule.id());
        if (why != null) {
            return trial.unjudged(why);
        }
        try {
            rule.check().judge(subject, trial);
            return null;
        } catch (Exception | AssertionError | LinkageError | StackOverflowError | OutOfMemoryError e) {
            return e;
        }
    }

    private interface Attempt {
        @Nullable
        Throwable run();
    }

    private static @Nullable Throwable run(Attempt attempt, int mostSeconds) {
        FutureTask<@Nullable Throwable> task = new FutureTask<>(attempt::run);
        Thread thread =
                Thread.ofPlatform().name("conformance-trial").daemon(true).start(task);
        try {
            for (int i = 0; i < mostSeconds; i++) {
                if (endsWithinASecond(task)) {
                    return task.get();
                }
            }
            AssertionError hangs = new AssertionError("has not ended after " + mostSeconds + " s of real time");
            hangs.setStackTrace(thread.getStackTrace());
            return hangs;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /// Second by second, so that a process that was stopped, or a machine that slept, loses one second of its time.
    private static boolean endsWithinASecond(FutureTask<?> task) throws InterruptedException, ExecutionException {
        try {
            task.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static <S extends Subject> Verdict verdict(
            Rule<S> rule, S subject, Trial trial, @Nullable Throwable failure) {
        if (failure == null) {
            return new Verdict(rule.id(), Outcome.HELD, trial.seed(), "", null, trial.events());
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof Trial.Unjudged) {
            return new Verdict(rule.id(), Outcome.SKIPPED, trial.seed(), message, null, trial.events());
        }
        Outcome outcome = rule.holdsIn(subject.apiVersion()) ? Outcome.BROKEN : Outcome.BROKEN_BUT_NEWER;
        String reason = failure instanceof AssertionError ? message : failure.toString();
        return new Verdict(rule.id(), outcome, trial.seed(), reason, failure, trial.events());
    }
}
