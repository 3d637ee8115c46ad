package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.CpuCost;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.SoftIrqVector;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One CPU of a host: its licence, what is pending on it, its timers, and the wakes that wait until it is left.
///
/// Whoever holds the licence owns everything here but the atomics.
final class HostCpu implements Cpu {
    private static final int MOST_ROUNDS = 10;
    private static final long MOST_NANOS = 2_000_000;

    final Host host;
    final Licence licence = new Licence();
    final TimerWheel wheel;
    final TimerHeap heap;
    final AtomicBoolean idle = new AtomicBoolean();
    final AtomicInteger rechecking = new AtomicInteger();
    volatile long idleUntil = Long.MAX_VALUE;
    volatile CpuIdle idleWith;
    volatile long left;
    private final int id;
    private final String name;
    private final PendingIrqs irqs = new PendingIrqs();
    private final Bits softPending = new Bits();
    private Context context = Context.PROCESS;
    private long now;
    long busyUntil = Long.MIN_VALUE; // in virtual time, when work costs
    private long spent; // virtual time that the holder's work cost so far
    private long softirqBegan;
    private @Nullable DeferredWake wakes;
    private @Nullable DeferredWake lastWake;
    private long squeezes;

    HostCpu(Host host, int id, CpuIdle idle) {
        this.host = host;
        this.id = id;
        this.name = host.name() + "/cpu" + id;
        this.idleWith = idle;
        this.wheel = new TimerWheel(host.now());
        this.heap = new TimerHeap();
    }

    // ---- the public side

    @Override
    public int id() {
        return id;
    }

    @Override
    public long nowNanos() {
        return now;
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public void raise(SoftIrqVector vector) {
        int bit = SoftIrqTable.bit(vector);
        if ((softPending.get() & bit) == 0) {
            softPending.getAndSet(bit);
        }
    }

    @Override
    public boolean shouldYield() {
        now = host.now() + spent;
        return now - softirqBegan > MOST_NANOS;
    }

    @Override
    public void polled(int packets) {
        CpuCost cost = host.cost();
        if (cost != null) {
            spent += cost.pollNanos(name, packets);
            now = host.now() + spent;
        }
    }

    /// An interrupt is handled.
    void interrupted() {
        CpuCost cost = host.cost();
        if (cost != null) {
            spent += cost.interruptNanos(name);
        }
    }

    // ---- pending work

    /// Marks an interrupt pending. Any thread.
    void interrupt(int number) {
        irqs.add(number);
    }

    boolean hasPending() {
        return softPending.get() != 0 || !irqs.isEmpty();
    }

    /// Whether a timer is due at `at`.
    boolean timerDue(long at) {
        return heap.nextDeadline() <= at || wheel.nextDeadline() <= at;
    }

    long nextTimer() {
        return Math.min(heap.nextDeadline(), wheel.nextDeadline());
    }

    void begin() {
        CpuCost cost = host.cost();
        if (cost != null) {
            spent += cost.processNanos(name);
        }
        now = host.now() + spent;
        context = Context.PROCESS;
    }

    /// Runs interrupts, due timers and softirqs, bounded by rounds and time. The licence is held.
    ///
    /// @return whether anything ran
    boolean run() {
        now = host.now() + spent;
        softirqBegan = now;
        boolean ran = false;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            host.point("interrupts");
            ran |= irqs.handle(this);
            if (timerDue(now)) {
                raise(SoftIrqVector.TIMER);
            }
            if (softPending.get() == 0) {
                break;
            }
            runVectors(softPending.exchange(0));
            ran = true;
            now = host.now() + spent;
            if (now - softirqBegan > MOST_NANOS) {
                squeezes++;
                break;
            }
        }
        context = Context.PROCESS;
        return ran;
    }

    private void runVectors(int bits) {
        for (int v = 0; v < SoftIrqTable.count(); v++) {
            if ((bits & 1 << v) != 0) {
                context = Context.SOFTIRQ;
                runVector(v);
                irqs.handle(this);
            }
        }
    }

    private void runVector(int v) {
        host.note(this, SoftIrqTable.NAMES[v]);
        host.point(SoftIrqTable.NAMES[v]);
        if (v == SoftIrqVector.TIMER.ordinal()) {
            heap.expire(now, this);
            wheel.expire(now, this);
        }
        host.softIrqs().run(v, this);
        CpuCost cost = host.cost();
        if (cost != null) {
            spent += cost.softirqNanos(name, SoftIrqTable.VECTORS[v]);
        }
    }

    void context(Context newContext) {
        context = newContext;
    }

    /// The CPU is left: it stays busy for what its work cost.
    void settle() {
        if (spent > 0) {
            busyUntil = host.now() + spent;
            spent = 0;
        }
    }

    /// How often a run ended for want of time.
    long squeezes() {
        return squeezes;
    }

    // ---- wakes

    /// Keeps a wake until the CPU is left.
    void deferWake(DeferredWake wake) {
        wake.nextDeferred = null;
        DeferredWake last = lastWake;
        if (last == null) {
            wakes = wake;
        } else {
            last.nextDeferred = wake;
        }
        lastWake = wake;
    }

    /// Takes the wakes, to be delivered when the licence was given back.
    @Nullable
    DeferredWake takeWakes() {
        DeferredWake first = wakes;
        wakes = null;
        lastWake = null;
        return first;
    }

    static void deliver(@Nullable DeferredWake first) {
        for (DeferredWake w = first; w != null; ) {
            DeferredWake next = w.nextDeferred;
            w.nextDeferred = null;
            w.deliver();
            w = next;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
