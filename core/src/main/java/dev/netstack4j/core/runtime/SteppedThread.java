package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.WaitQueue;
import org.jspecify.annotations.Nullable;

/// Application code in virtual time.
final class SteppedThread extends Strand implements AppThread {
    private enum State {
        READY,
        WAITING,
        DONE
    }

    private final int number;
    private final Runnable body;
    private final Runnable waiting;
    private State state = State.READY;
    private @Nullable SteppedWaitQueue waitingFor;
    private long ticket;
    private long deadline = WaitQueue.FOREVER;
    private volatile @Nullable Throwable failure;
    private volatile boolean interrupted;

    SteppedThread(SteppedRuntime runtime, String name, int number, Runnable body, Runnable waiting) {
        super(runtime, name);
        this.number = number;
        this.body = body;
        this.waiting = waiting;
    }

    @Override
    void run() {
        try {
            begin();
            body.run();
        } catch (Throwable t) {
            failure = t;
        }
        if (!isAbandoned()) {
            state = State.DONE;
            runtime.ended(this);
        }
    }

    @Override
    boolean wantsToRun(long now) {
        return switch (state) {
            case READY -> true;
            case DONE -> false;
            case WAITING -> interrupted || deadline <= now || isWoken();
        };
    }

    private boolean isWoken() {
        SteppedWaitQueue q = waitingFor;
        return q != null && q.ticket() != ticket;
    }

    int number() {
        return number;
    }

    long deadline() {
        return state == State.WAITING ? deadline : WaitQueue.FOREVER;
    }

    /// Ends it from outside: it never runs again.
    void giveUp(Throwable why) {
        failure = why;
        state = State.DONE;
    }

    /// Waits for a queue or a deadline. Called by the thread itself.
    ///
    /// @return whether it was interrupted
    boolean block(SteppedWaitQueue queue, long queueTicket, long until) {
        refuseIfEnded();
        waiting.run();
        waitingFor = queue;
        ticket = queueTicket;
        deadline = until;
        state = State.WAITING;
        runtime.note(this, queue.waits());
        runtime.baton().switchFrom(this);
        state = State.READY;
        waitingFor = null;
        deadline = WaitQueue.FOREVER;
        boolean was = interrupted;
        interrupted = false;
        return was;
    }

    @Override
    public void join() {
        runtime.joinThread(this);
        Throwable f = failure;
        if (f != null) {
            throw new IllegalStateException("thread " + name() + " failed: " + f, f);
        }
    }

    @Override
    public boolean isDone() {
        return state == State.DONE;
    }

    @Override
    public void interrupt() {
        interrupted = true;
    }
}
