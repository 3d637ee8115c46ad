package dev.netstack4j.cli.control.host;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.stack.AssemblyException;
import dev.netstack4j.cli.control.session.Call;
import dev.netstack4j.cli.control.session.Session;
import dev.netstack4j.cli.control.session.Sessions;
import java.util.concurrent.atomic.AtomicBoolean;

/// Real time: calls that may wait have threads of their own, the others run where they are read.
final class RealExecution extends Execution {
    private static final long PATIENCE_MILLIS = 20;

    private final Object gate = new Object();
    private int underWay; // under gate, as the one below
    private boolean alone;

    RealExecution(HostPlan plan, Sessions sessions) throws NetException, AssemblyException {
        super(plan, sessions);
    }

    @Override
    public void run(Call call, Op op) {
        switch (op.waits()) {
            case NEVER -> runHere(call, op);
            case MAYBE, IN_REAL_TIME -> runApart(call, op);
            case ALONE -> runAlone(call, op);
        }
    }

    private void runHere(Call call, Op op) {
        enter();
        try {
            call.perform(op.body(), null);
        } finally {
            leave();
        }
    }

    private void runApart(Call call, Op op) {
        enter();
        AtomicBoolean told = new AtomicBoolean();
        AppThread thread = host().stack()
                .runtime()
                .start(
                        "control call",
                        () -> {
                            try {
                                call.perform(op.body(), null);
                            } finally {
                                leave();
                            }
                        },
                        () -> {
                            call.waits();
                            if (!told.getAndSet(true)) {
                                call.tellBlocked();
                            }
                        });
        call.runsOn(thread);
    }

    private void runAlone(Call call, Op op) {
        synchronized (gate) {
            while (alone) {
                await(0);
            }
            alone = true;
        }
        try {
            call.perform(op.body(), null);
        } finally {
            synchronized (gate) {
                alone = false;
                gate.notifyAll();
            }
        }
    }

    private void enter() {
        synchronized (gate) {
            while (alone) {
                await(0);
            }
            underWay++;
        }
    }

    private void leave() {
        synchronized (gate) {
            underWay--;
            gate.notifyAll();
        }
    }

    @Override
    void letCallsEnd() {
        synchronized (gate) {
            while (underWay > 0) {
                await(PATIENCE_MILLIS);
                if (underWay > 0) {
                    interruptAll();
                }
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its callers look again
    private void await(long millis) {
        try {
            gate.wait(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException("the threads of connections are never interrupted", e);
        }
    }

    @Override
    public void abandon(Call call) {
        call.interrupt();
    }

    @Override
    public void endSession(Session session) {
        enter();
        try {
            closeAll(session);
        } finally {
            leave();
        }
    }

    @Override
    public long lastInstant() {
        return 0;
    }

    @Override
    public void close() {
        end();
    }
}
