package dev.netstack4j.testkit.kit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One judging of one rule: its randomness, what happened, and what is to be checked and closed at its end. Used by the
/// thread that judges; events from any.
public final class Trial {
    private static final int EVENTS = 20;

    private final long seed;
    private final SplittableRandom random;
    private final Deque<Object> events = new ArrayDeque<>();
    private final List<Ending> endings = new ArrayList<>();

    /// What runs at the end of a trial, whether the rule held or not.
    @FunctionalInterface
    public interface Ending {
        /// Checks and closes.
        void run() throws Exception;
    }

    Trial(long seed, String ruleId) {
        this.seed = seed;
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + ruleId.hashCode());
    }

    /// The seed of this trial. Everything that depends on chance derives from it.
    public long seed() {
        return seed;
    }

    /// Randomness of this trial.
    public SplittableRandom random() {
        return random;
    }

    /// Notes what happened; a failure prints the last 20.
    public void event(String what) {
        note(what);
    }

    /// Notes what happened, and puts it into words only when it is shown: for events by the thousand.
    ///
    /// @param arguments must not change any more
    public void event(String format, Object... arguments) {
        note(new Worded(format, arguments));
    }

    private record Worded(String format, Object[] arguments) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, format, arguments);
        }
    }

    private synchronized void note(Object what) {
        if (events.size() == EVENTS) {
            events.removeFirst();
        }
        events.addLast(what);
    }

    /// Runs `ending` at the end of this trial; the last one given runs first. What it throws fails the rule.
    public void atEnd(Ending ending) {
        endings.add(ending);
    }

    /// To be thrown: the rule cannot be judged.
    ///
    /// @param reason a sentence, shown with the skipped test
    public RuntimeException unjudged(String reason) {
        return new Unjudged(reason);
    }

    /// Skips unless `judgeable`.
    public void assume(boolean judgeable, String reason) {
        if (!judgeable) {
            throw unjudged(reason);
        }
    }

    /// Fails the rule unless `held`.
    ///
    /// @param otherwise what was seen instead, as a sentence
    public void check(boolean held, String otherwise) {
        if (!held) {
            throw new AssertionError(otherwise);
        }
    }

    /// Fails the rule unless both are equal.
    public void checkEqual(@Nullable Object expected, @Nullable Object actual, String what) {
        if (!java.util.Objects.equals(expected, actual)) {
            throw new AssertionError(what + ": expected " + expected + ", but was " + actual);
        }
    }

    synchronized List<String> events() {
        return events.stream().map(Object::toString).toList();
    }

    /// Runs the endings.
    ///
    /// @param before what failed before, if anything; what an ending throws is added to it
    @Nullable
    Throwable end(@Nullable Throwable before) {
        Throwable failure = before;
        for (int i = endings.size() - 1; i >= 0; i--) {
            try {
                endings.get(i).run();
            } catch (Exception | AssertionError | LinkageError e) {
                if (failure == null || failure instanceof Unjudged) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        return failure;
    }

    /// A rule could not be judged.
    static final class Unjudged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unjudged(String reason) {
            super(reason, null, false, false);
        }
    }
}
