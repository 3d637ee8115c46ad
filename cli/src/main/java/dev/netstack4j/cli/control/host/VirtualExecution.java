package dev.netstack4j.cli.control.host;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.cli.control.message.Fault;
import dev.netstack4j.cli.control.session.Call;
import dev.netstack4j.cli.control.session.Session;
import dev.netstack4j.cli.control.session.Sessions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Virtual time: one driver does everything, request after request. A call that waits is a stepped thread, which goes
/// on while the driver does a later request.
final class VirtualExecution extends Execution {
    private static final long END_SECONDS = 10;

    private final ExecutorService driver = Executors.newSingleThreadExecutor(
            r -> Thread.ofPlatform().name("control clock").daemon(true).unstarted(r));
    private volatile long lastInstant;

    VirtualExecution(HostPlan plan, Sessions sessions) throws NetException, AssemblyException {
        super(plan, sessions);
    }

    private VirtualRuntime runtime() {
        VirtualRuntime runtime = host().virtual();
        if (runtime == null) {
            throw new IllegalStateException("the runtime is not virtual");
        }
        return runtime;
    }

    @Override
    public void run(Call call, Op op) {
        driver.execute(() -> {
            try {
                runNow(call, op);
            } catch (RuntimeException | Error e) {
                answerAnyway(call, e);
            }
        });
    }

    private void runNow(Call call, Op op) {
        long ahead = Math.max(0, call.time()) - host().clock().nanos();
        try {
            Leap.check("t", ahead);
        } catch (Fault f) {
            call.perform(
                    _ -> {
                        throw f;
                    },
                    this::settled);
            return;
        }
        move(ahead);
        if (op.waits() == Op.Waits.MAYBE) {
            runApart(call, op);
        } else {
            call.perform(op.body(), this::settled);
        }
        settled();
    }

    private void answerAnyway(Call call, Throwable e) {
        if (!call.isOver()) {
            call.perform(
                    _ -> {
                        throw new IllegalStateException("the virtual time failed", e);
                    },
                    this::lastInstant);
        }
    }

    private void move(long ahead) {
        if (ahead > 0) {
            runtime().advance(ahead);
        } else {
            runtime().runDue();
        }
    }

    private void runApart(Call call, Op op) {
        VirtualRuntime runtime = runtime();
        AppThread thread = runtime.start(
                "control call",
                () -> call.perform(op.body(), () -> runtime.clock().nanos()),
                call::waits);
        call.runsOn(thread);
        runtime.runDue();
        if (!call.isOver()) {
            call.tellBlocked();
        }
    }

    /// What follows from the call at this instant has happened.
    private long settled() {
        runtime().runDue();
        lastInstant = host().clock().nanos();
        return lastInstant;
    }

    @Override
    void letCallsEnd() {
        runtime().runDue();
        interruptAll();
        runtime().runDue();
    }

    @Override
    public void abandon(Call call) {
        driver.execute(() -> {
            call.interrupt();
            runtime().runDue();
        });
    }

    @Override
    public void endSession(Session session) {
        driver.execute(() -> {
            closeAll(session);
            runtime().runDue();
        });
    }

    @Override
    public long lastInstant() {
        return lastInstant;
    }

    @Override
    public void close() {
        driver.execute(this::end);
        driver.shutdown();
        try {
            if (!driver.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                driver.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
