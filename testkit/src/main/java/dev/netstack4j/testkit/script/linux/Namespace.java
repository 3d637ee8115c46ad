package dev.netstack4j.testkit.script.linux;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/// A network namespace of its own, which a thread keeps: what runs on that thread, and on threads and programs that are
/// started from it, is inside. It ends with the last of them, and nothing is left behind on the machine.
final class Namespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final FutureTask<Void> END = new FutureTask<>(() -> {}, null);

    private final BlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();

    private Namespace() {}

    /// Makes one.
    ///
    /// @throws IllegalStateException without the right to: it needs root
    static Namespace make() throws Exception {
        Namespace n = new Namespace();
        Thread.ofPlatform().name("namespace").daemon().start(n::work);
        try {
            n.inside(() -> {
                if (SystemCall.UNSHARE.call(CLONE_NEWNET) < 0) {
                    throw new IllegalStateException("a network namespace cannot be made; this needs root");
                }
                return true;
            });
        } catch (Exception e) {
            n.close();
            throw e;
        }
        return n;
    }

    private void work() {
        try {
            for (FutureTask<?> t = tasks.take(); t != END; t = tasks.take()) {
                t.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Runs something inside and waits for it.
    <T> T inside(Callable<T> body) throws Exception {
        FutureTask<T> task = new FutureTask<>(body);
        tasks.add(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /// Starts a thread inside.
    void start(String name, Runnable body) {
        tasks.add(new FutureTask<>(() -> Thread.ofPlatform().name(name).daemon().start(body)));
    }

    @Override
    public void close() {
        tasks.add(END);
    }
}
