package dev.netstack4j.core.runtime;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One line of execution of a stepped runtime. It runs only while it has the baton; whoever gives the baton away
/// decides who gets it.
abstract class Strand {
    final SteppedRuntime runtime;
    private final String name;
    private volatile boolean granted;
    private volatile @Nullable Thread thread;
    private boolean abandoned; // under this
    private boolean closing;
    private boolean preempted;
    private @Nullable BooleanSupplier awaited;

    Strand(SteppedRuntime runtime, String name) {
        this.runtime = runtime;
        this.name = name;
    }

    /// A thread that knows its strand.
    private static final class StrandThread extends Thread {
        final Strand strand;

        StrandThread(Strand strand) {
            super(strand::run, strand.name);
            this.strand = strand;
            setDaemon(true);
        }
    }

    /// The strand of the calling thread, if a runtime made that thread.
    static @Nullable Strand current() {
        return Thread.currentThread() instanceof StrandThread t ? t.strand : null;
    }

    /// Runs on its own thread from the first baton on.
    abstract void run();

    /// Whether it would go on now, apart from being preempted.
    abstract boolean wantsToRun(long now);

    abstract boolean isDone();

    // ---- the baton

    /// Gives it the baton. The caller touches nothing afterwards.
    void grant() {
        granted = true;
        Thread t = thread;
        if (t == null) {
            t = new StrandThread(this);
            thread = t;
            t.start();
        } else {
            LockSupport.unpark(t);
        }
    }

    boolean isGranted() {
        return granted;
    }

    /// It begins on its thread.
    void begin() {
        granted = false;
        refuseIfEnded();
    }

    /// Waits for the baton. Called by its own thread, after it gave the baton away.
    void awaitBaton() {
        boolean interrupted = false;
        while (!granted) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        granted = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        refuseIfEnded();
    }

    final void bind(Thread t) {
        thread = t;
    }

    final void taken() {
        granted = false;
    }

    // ---- standing still inside

    /// Notes that it was stopped though it could go on.
    void preempted(boolean is) {
        preempted = is;
    }

    /// Notes what it waits for inside the stack, or null.
    void awaits(@Nullable BooleanSupplier condition) {
        awaited = condition;
    }

    /// Whether it stands in the middle of stack code.
    boolean isInside() {
        return preempted || awaited != null;
    }

    boolean isRunnable(long now) {
        if (preempted || isClosing()) {
            return !isDone();
        }
        BooleanSupplier condition = awaited;
        return condition != null ? condition.getAsBoolean() : wantsToRun(now);
    }

    // ---- its end

    final boolean hasThread() {
        return thread != null;
    }

    /// Takes it out of the runtime while it is somewhere outside.
    synchronized void abandon() {
        abandoned = true;
    }

    /// Comes back into the runtime from application code.
    void refuseIfEnded() {
        synchronized (this) {
            if (!abandoned && !closing) {
                return;
            }
        }
        throw new RuntimeClosed(name);
    }

    synchronized boolean isAbandoned() {
        return abandoned;
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    /// From now on it gets an error instead of the baton.
    synchronized void close() {
        closing = true;
    }

    /// An end for a strand that is outside for good: perhaps an interrupt brings it back.
    void interruptThread() {
        Thread t = thread;
        if (t != null) {
            t.interrupt();
        }
    }

    @Nullable
    Thread thread() {
        return thread;
    }

    final String name() {
        return name;
    }

    /// Its name and where it stands, one frame a line.
    String whereItStands() {
        StringBuilder s = new StringBuilder(name);
        Thread t = thread;
        if (t == null) {
            return s.append(" has not begun").toString();
        }
        s.append(" stands");
        for (StackTraceElement e : t.getStackTrace()) {
            s.append(System.lineSeparator()).append("    at ").append(e);
        }
        return s.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
