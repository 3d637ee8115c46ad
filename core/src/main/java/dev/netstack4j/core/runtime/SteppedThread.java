package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.WaitQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Application code in virtual time: a thread that runs only while it has the baton, which the scheduler hands to one
/// thread at a time.
final class SteppedThread implements AppThread {
    private enum State {
        READY,
        WAITING,
        DONE
    }

    private final SteppedRuntime runtime;
    private final String name;
    private final Runnable waiting;
    private final Thread thread;
    private final Semaphore baton = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    private State state = State.READY;
    private @Nullable SteppedWaitQueue waitingFor;
    private long ticket;
    private long deadline = WaitQueue.FOREVER;
    private volatile @Nullable Throwable failure;
    private volatile boolean interrupted;

    SteppedThread(SteppedRuntime runtime, String name, Runnable body, Runnable waiting) {
        this.runtime = runtime;
        this.name = name;
        this.waiting = waiting;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(() -> run(body));
        thread.start();
    }

    private void run(Runnable body) {
        baton.acquireUninterruptibly();
        try {
            body.run();
        } catch (Throwable t) {
            failure = t;
        } finally {
            state = State.DONE;
            runtime.threadEnded();
            back.release();
        }
    }

    boolean owns(Thread t) {
        return thread == t;
    }

    // ---- the scheduler's side

    boolean isRunnable(long now) {
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

    long deadline() {
        return state == State.WAITING ? deadline : WaitQueue.FOREVER;
    }

    /// Runs it until it waits or ends.
    void runSlice() {
        state = State.READY;
        baton.release();
        back.acquireUninterruptibly();
    }

    String whereItWaits() {
        StringBuilder s = new StringBuilder(name).append(" waits");
        for (StackTraceElement e : thread.getStackTrace()) {
            s.append(System.lineSeparator()).append("    at ").append(e);
        }
        return s.toString();
    }

    // ---- its own side

    /// Waits for a queue or a deadline, giving the baton back. Called by the thread itself.
    ///
    /// @return whether it was interrupted
    boolean block(@Nullable SteppedWaitQueue queue, long queueTicket, long until) {
        waiting.run();
        waitingFor = queue;
        ticket = queueTicket;
        deadline = until;
        state = State.WAITING;
        back.release();
        baton.acquireUninterruptibly();
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
            throw new IllegalStateException("thread " + name + " failed: " + f, f);
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
