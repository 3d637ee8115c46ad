package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import org.jspecify.annotations.Nullable;

/// Application code in real time: a platform thread.
final class RealThread implements AppThread {
    private final Worker worker;
    private volatile @Nullable Throwable failure;

    RealThread(String name, Runnable body, Runnable waiting) {
        worker = new Worker(name, () -> run(body), waiting);
        worker.start();
    }

    /// A thread that tells when it waits.
    private static final class Worker extends Thread {
        private final Runnable waiting;
        private volatile @Nullable HostCpu attended;

        Worker(String name, Runnable body, Runnable waiting) {
            super(body, name);
            this.waiting = waiting;
            setDaemon(true);
        }

        /// Ends a wait within the operating system too.
        @Override
        public void interrupt() {
            super.interrupt();
            HostCpu cpu = attended;
            if (cpu != null) {
                cpu.host.wakeAgent(cpu);
            }
        }
    }

    /// The calling thread is about to wait.
    static void waits() {
        if (Thread.currentThread() instanceof Worker w) {
            w.waiting.run();
        }
    }

    /// The calling thread attends to a CPU while it waits, or (null) no longer.
    static void attends(@Nullable HostCpu cpu) {
        if (Thread.currentThread() instanceof Worker w) {
            w.attended = cpu;
        }
    }

    private void run(Runnable body) {
        try {
            body.run();
        } catch (Throwable t) {
            failure = t;
        }
    }

    @Override
    public void join() {
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Throwable f = failure;
        if (f != null) {
            throw new IllegalStateException("thread " + worker.getName() + " failed: " + f, f);
        }
    }

    @Override
    public boolean isDone() {
        return !worker.isAlive();
    }

    @Override
    public void interrupt() {
        worker.interrupt();
    }
}
