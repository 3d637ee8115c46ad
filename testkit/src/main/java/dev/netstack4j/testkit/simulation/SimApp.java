package dev.netstack4j.testkit.simulation;

import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import org.jspecify.annotations.Nullable;

/// An application in a simulation. Made by [SimHost#run].
public final class SimApp {
    private final String name;
    private final Body body;
    private @Nullable AppThread thread;
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean wasInterrupted;

    SimApp(String name, Body body) {
        this.name = name;
        this.body = body;
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
        return ended;
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

    void start(Simulation simulation) {
        thread = simulation.runtime().start(name, this::run);
    }

    private void run() {
        try {
            body.run();
        } catch (Throwable t) {
            failure = t;
        } finally {
            ended = true;
        }
    }

    /// Lets the runtime say where everybody waits.
    void join() {
        AppThread t = thread;
        if (t != null) {
            t.join();
        }
    }

    void interruptOnce() {
        if (!wasInterrupted) {
            wasInterrupted = true;
            interrupt();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
