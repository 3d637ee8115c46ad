package dev.netstack4j.testkit.simulation;

import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import org.jspecify.annotations.Nullable;

/// An application in a simulation. Made by [SimHost#run].
public final class SimApp {
    private final String name;
    private final Body body;
    private final Applications all;
    private @Nullable AppThread thread;
    private @Nullable Throwable failure;
    private boolean done;
    private boolean ending;
    private boolean told;
    private @Nullable Thread runner;

    SimApp(String name, Body body, Applications all) {
        this.name = name;
        this.body = body;
        this.all = all;
    }

    /// What an application does.
    @FunctionalInterface
    public interface Body {
        /// Does it.
        void run() throws Exception;
    }

    /// The host's name, a slash, and the name that was given.
    public String name() {
        return name;
    }

    /// Whether it has ended.
    public boolean isDone() {
        return done;
    }

    /// What it threw, or null.
    public @Nullable Throwable failure() {
        return failure;
    }

    /// Interrupts it: a waiting call of the stack ends with EINTR.
    public void interrupt() {
        AppThread t = thread;
        if (t != null) {
            t.interrupt();
        }
    }

    String whereItStands() {
        StringBuilder s = new StringBuilder(name);
        Thread t = runner;
        if (t != null) {
            for (StackTraceElement e : t.getStackTrace()) {
                s.append(System.lineSeparator()).append("    at ").append(e);
            }
        }
        return s.toString();
    }

    void start(StackRuntime runtime) {
        thread = runtime.start(name, this::run);
    }

    private void run() {
        runner = Thread.currentThread();
        try {
            body.run();
        } catch (Exception | AssertionError | LinkageError | StackOverflowError | OutOfMemoryError e) {
            if (!ending) {
                failure = e;
                all.failed();
            }
        } finally {
            done = true;
        }
    }

    /// Waits for its end, from another application or from the thread that drives. What it threw is told by
    /// [Simulation#join] and [#failure].
    public void join() {
        AppThread t = thread;
        if (t != null) {
            t.join();
        }
    }

    /// From here on what it throws is the end of its simulation, not its own.
    void endIsNear() {
        ending = true;
    }

    boolean isTold() {
        return told;
    }

    void tell() {
        told = true;
    }

    @Override
    public String toString() {
        return name;
    }
}
