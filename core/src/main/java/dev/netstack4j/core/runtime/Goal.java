package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.WaitQueue;
import org.jspecify.annotations.Nullable;

/// How far a stepped runtime runs before the driving thread goes on.
final class Goal {
    private final @Nullable SteppedWaitQueue queue;
    private final long ticket;
    private final long limit;
    private final boolean oneThing;
    private boolean mayMoveTime;
    private boolean ran;
    private boolean exhausted;

    private Goal(@Nullable SteppedWaitQueue queue, long ticket, long limit, boolean oneThing, boolean mayMoveTime) {
        this.queue = queue;
        this.ticket = ticket;
        this.limit = limit;
        this.oneThing = oneThing;
        this.mayMoveTime = mayMoveTime;
    }

    /// What is due now.
    static Goal due() {
        return new Goal(null, 0, WaitQueue.FOREVER, true, false);
    }

    /// What is due now or, if nothing is, at the next deadline.
    static Goal step() {
        return new Goal(null, 0, WaitQueue.FOREVER, true, true);
    }

    /// Everything up to and including an instant.
    static Goal until(long limit) {
        return new Goal(null, 0, limit, false, true);
    }

    /// Everything until a wake or an instant.
    static Goal wake(SteppedWaitQueue queue, long ticket, long limit) {
        return new Goal(queue, ticket, limit, false, true);
    }

    void ran() {
        ran = true;
    }

    boolean anythingRan() {
        return ran;
    }

    /// Whether nothing is left that could happen before the limit.
    boolean isExhausted() {
        return exhausted;
    }

    /// Nothing is due any more at this instant. Moves time if there is reason to.
    ///
    /// @return whether there is more to run
    boolean goesOn(SteppedRuntime runtime) {
        long now = runtime.now();
        if (!mayMoveTime || oneThing && ran || queue != null && (queue.ticket() != ticket || now >= limit)) {
            return false;
        }
        long next = runtime.nextDeadline();
        if (next == WaitQueue.FOREVER || next > limit) {
            exhausted = true;
            return false;
        }
        runtime.moveTime(next);
        if (oneThing) {
            mayMoveTime = false;
            ran = true;
        }
        return true;
    }
}
