package dev.netstack4j.cli.serve;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Runs code on a thread that lives in a network namespace of its own, so that a test leaves nothing behind on the
/// machine.
public final class Namespace {
    private static final int CLONE_NEWNET = 0x4000_0000;

    private Namespace() {}

    /// Runs it there.
    public static <T> T inside(Callable<T> body) throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            return thread.submit(() -> {
                        enter();
                        return body.call();
                    })
                    .get(120, TimeUnit.SECONDS);
        }
    }

    private static void enter() {
        Linker linker = Linker.nativeLinker();
        int result;
        try {
            result = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("unshare"), FunctionDescriptor.of(JAVA_INT, JAVA_INT))
                    .invokeExact(CLONE_NEWNET);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        if (result != 0) {
            throw new IllegalStateException("no network namespace of its own");
        }
    }
}
