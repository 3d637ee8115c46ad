package dev.netstack4j.testkit.script.run;

import dev.netstack4j.testkit.script.ScriptFailure;
import dev.netstack4j.testkit.script.model.Step;
import org.jspecify.annotations.Nullable;

/// A call in progress: when it must return, and what it did.
final class CallRun implements Target.Pending, Runnable {
    final Step.CallStep step;
    final long earliestEnd;
    long latestEnd;
    private final Target target;
    private final CallActions actions;
    private volatile boolean done;
    private volatile @Nullable Throwable failure;
    private volatile long ended;

    CallRun(Step.CallStep step, long earliestEnd, long latestEnd, Target target, CallActions actions) {
        this.step = step;
        this.earliestEnd = earliestEnd;
        this.latestEnd = latestEnd;
        this.target = target;
        this.actions = actions;
    }

    /// The call could not begin at once, because the machine had other things to do.
    void delayed(long nanos) {
        latestEnd += nanos;
    }

    @Override
    public void run() {
        try {
            actions.perform(step.call());
        } catch (ScriptFailure | RuntimeException e) {
            failure = e;
        } finally {
            ended = target.now();
            done = true;
        }
    }

    @Override
    public boolean isDone() {
        return done;
    }

    /// Fails when it did something else, or returned at another time.
    void judge() {
        switch (failure) {
            case ScriptFailure f -> throw f;
            case RuntimeException e -> throw new IllegalStateException("the call " + step.call() + " failed", e);
            case null, default -> {
                // as it should
            }
        }
        if (ended < earliestEnd || ended > latestEnd) {
            throw new ScriptFailure(
                    step.place(),
                    step.call().name() + " returned at " + Playback.seconds(ended) + ", and must return "
                            + Playback.between(earliestEnd, latestEnd) + ".");
        }
    }
}
