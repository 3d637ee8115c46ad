package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.testkit.kit.lab.Faults.Resource;
import java.util.ArrayList;
import java.util.List;

/// Watches the interrupt handlers of a driver.
public final class HandlerWatch {
    private final Faults faults;
    private final Watch watch;
    private final SkBuffPool pool;
    private final List<Guarded> bound = new ArrayList<>();

    private record Guarded(IrqHandler handler, IrqHandler guard, Irq irq, IrqKind kind) {}

    HandlerWatch(Faults faults, Watch watch, SkBuffPool pool) {
        this.faults = faults;
        this.watch = watch;
        this.pool = pool;
    }

    /// Handlers that are there now.
    public synchronized int requested() {
        return bound.size();
    }

    /// Of which kind the interrupts with handlers are.
    public synchronized List<IrqKind> kinds() {
        return bound.stream().map(Guarded::kind).toList();
    }

    /// Calls every handler as a shared line does when another device interrupts. Hardirq context.
    ///
    /// @return what they said
    public List<IrqHandler.Result> callAll(Cpu cpu) {
        List<Guarded> now;
        synchronized (this) {
            now = List.copyOf(bound);
        }
        return now.stream().map(g -> g.guard.handle(cpu)).toList();
    }

    List<Irq> wrap(IrqVectors vectors) {
        return vectors.irqs().stream()
                .<Irq>map(i -> new WatchedIrq(i, vectors.kind()))
                .toList();
    }

    private IrqHandler guard(IrqHandler handler) {
        return cpu -> {
            long before = pool.ledger().expectedLive();
            watch.enter("the interrupt handler");
            try {
                return handler.handle(cpu);
            } catch (RuntimeException | LinkageError e) {
                watch.breaks(Marks.NEVER_THROWS, "the interrupt handler threw " + e);
                throw e;
            } finally {
                watch.leave();
                if (pool.ledger().expectedLive() != before) {
                    watch.breaks(Marks.HANDLER, "the interrupt handler made or freed packets");
                }
            }
        };
    }

    private final class WatchedIrq implements Irq {
        private final Irq inner;
        private final IrqKind kind;

        WatchedIrq(Irq inner, IrqKind kind) {
            this.inner = inner;
            this.kind = kind;
        }

        @Override
        public int number() {
            return inner.number();
        }

        @Override
        public void request(String name, IrqHandler handler, boolean shared) throws NetException {
            if (faults.use(Resource.REQUEST)) {
                throw new NetException(Errno.EBUSY, "request interrupt " + number() + " for " + name);
            }
            IrqHandler guarded = guard(handler);
            inner.request(name, guarded, shared);
            synchronized (HandlerWatch.this) {
                bound.add(new Guarded(handler, guarded, inner, kind));
            }
        }

        @Override
        public void free(IrqHandler handler) {
            watch.mayWait(Marks.NO_WAIT, "frees an interrupt");
            List<Guarded> mine = new ArrayList<>();
            synchronized (HandlerWatch.this) {
                bound.stream()
                        .filter(g -> g.handler == handler && g.irq == inner)
                        .forEach(mine::add);
                bound.removeAll(mine);
            }
            mine.forEach(g -> inner.free(g.guard));
        }

        @Override
        public void affinity(int cpuId) {
            inner.affinity(cpuId);
        }

        @Override
        public int affinity() {
            return inner.affinity();
        }

        @Override
        public long count() {
            return inner.count();
        }
    }
}
