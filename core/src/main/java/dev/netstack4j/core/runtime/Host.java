package dev.netstack4j.core.runtime;

import dev.netstack4j.api.hardware.Interrupts;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.CpuCost;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.TimerHandler;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.runtime.WorkQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One host's CPUs, engines, timers and interrupts. What differs between real and stepped time is in [#wakeAgent], in
/// the wait queues, and in who calls [#turn].
abstract class Host implements HostRuntime, Cpus, Engines, Timers {
    /// Turns that a leaving thread takes for work that its engines brought, before it leaves the rest to the agent.
    private static final int TURNS_ON_LEAVE = 4;

    private final String name;
    private final RuntimeCore runtime;
    private final HostCpu[] cpus;
    private final SoftIrqTable softIrqs = new SoftIrqTable();
    private final Streams random;
    private final List<InterruptLine> irqList = new ArrayList<>();
    private final WorkThread work;
    private final ControlMutex control;
    private volatile InterruptLine[] irqs = new InterruptLine[0];
    private volatile EngineSlot[] engines = new EngineSlot[0];

    Host(String name, RuntimeCore runtime, int cpuCount, long seed, CpuIdle[] idle, Sync sync) {
        this.name = name;
        this.runtime = runtime;
        this.random = new Streams(seed);
        this.cpus = new HostCpu[cpuCount];
        for (int i = 0; i < cpuCount; i++) {
            cpus[i] = new HostCpu(this, i, idle[i]);
        }
        this.control = new ControlMutex(sync.waitQueue("control"));
        this.work = new WorkThread(name + "/work", runtime, sync.waitQueue("work"));
    }

    /// Wakes the agent of a CPU that says it is idle.
    abstract void wakeAgent(HostCpu cpu);

    /// The calling thread has left a CPU and done what that brought.
    void wasLeft(HostCpu cpu) {
        // In virtual time every CPU gets its turn.
    }

    /// Something is about to run; virtual time remembers it.
    void note(Object subject, String event) {
        // Real time does not look back.
    }

    /// What work costs in virtual time, or null.
    @Nullable
    CpuCost cost() {
        return null;
    }

    /// Somebody else may go on here; schedule exploration decides.
    void point(String where) {
        // In real time anybody may at any time.
    }

    /// The calling thread can only go on when others have.
    void spin(String what) {
        Thread.onSpinWait();
    }

    /// Takes a CPU, waiting for it.
    ///
    /// @param fair behind whoever waits already
    void take(HostCpu cpu, boolean fair) {
        if (fair) {
            cpu.licence.acquireFair();
        } else {
            cpu.licence.acquire();
        }
    }

    boolean tryTake(HostCpu cpu) {
        return cpu.licence.tryAcquire();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the CPU's holder
    void giveBack(HostCpu cpu) {
        cpu.left++;
        cpu.licence.release();
    }

    /// A number of the calling thread, to spread threads over CPUs.
    int threadNumber() {
        return (int) (Thread.currentThread().threadId() % cpus.length);
    }

    // ---- running

    /// One turn: pending work of the CPU, then the engines. No licence is held before and after.
    ///
    /// @return whether anything ran
    boolean turn(HostCpu cpu) {
        boolean ran = false;
        if (cpu.busyUntil <= now() && (cpu.hasPending() || cpu.timerDue(now()))) {
            take(cpu, true);
            ran = runAndRelease(cpu);
        }
        return runEngines(true) | ran;
    }

    private boolean runAndRelease(HostCpu cpu) {
        boolean ran = cpu.run();
        DeferredWake wakes = cpu.takeWakes();
        giveBack(cpu);
        HostCpu.deliver(wakes);
        return ran;
    }

    @Override
    public Cpu enter() {
        HostCpu cpu = cpus[0];
        if (cpus.length > 1) {
            cpu = pick();
        } else {
            take(cpu, false);
        }
        cpu.begin();
        return cpu;
    }

    /// A free CPU if there is one, first the one that this thread's number points at.
    private HostCpu pick() {
        int first = threadNumber() % cpus.length;
        for (int i = 0; i < cpus.length; i++) {
            HostCpu c = cpus[(first + i) % cpus.length];
            if (tryTake(c)) {
                return c;
            }
        }
        HostCpu c = cpus[first];
        take(c, false);
        return c;
    }

    /// In the order softirq, release, engine, wakes: so that what this thread sent is on its way before anybody is
    /// woken.
    @Override
    public void leave(Cpu held) {
        HostCpu cpu = (HostCpu) held;
        if (cpu.hasPending()) {
            cpu.run();
        }
        DeferredWake wakes = cpu.takeWakes();
        cpu.rechecking.incrementAndGet();
        giveBack(cpu);
        for (int turns = 0; turns < TURNS_ON_LEAVE; turns++) {
            boolean moved = runEngines(false);
            if (!cpu.hasPending() || !tryTake(cpu)) {
                if (!moved) {
                    break;
                }
                continue;
            }
            cpu.run();
            DeferredWake more = cpu.takeWakes();
            giveBack(cpu);
            HostCpu.deliver(wakes);
            wakes = more;
        }
        cpu.rechecking.decrementAndGet();
        if (cpu.hasPending() || anyRung() || cpu.nextTimer() < cpu.idleUntil) {
            wakeAgent(cpu);
        }
        if (nextEngine() < cpus[0].idleUntil) {
            wakeAgent(cpus[0]);
        }
        HostCpu.deliver(wakes);
        wasLeft(cpu);
    }

    /// @param due whether engines whose deadline has come run too, or only those that were rung
    boolean runEngines(boolean due) {
        boolean ran = false;
        for (EngineSlot e : engines) {
            if (e.isRung() || due && e.deadline() != Engine.NEVER) {
                ran |= e.runIfWanted(now());
            }
        }
        return ran;
    }

    boolean anyRung() {
        for (EngineSlot e : engines) {
            if (e.isRung()) {
                return true;
            }
        }
        return false;
    }

    /// The nearest instant at which something is due: a timer of `cpu`, and for CPU 0 also an engine.
    long nextDeadline(HostCpu cpu) {
        long next = nextOf(cpu);
        return cpu.id() == 0 ? Math.min(next, nextEngine()) : next;
    }

    /// The nearest instant at which something of the CPU alone is due.
    long nextOf(HostCpu cpu) {
        return cpu.nextTimer();
    }

    private long nextEngine() {
        long next = Engine.NEVER;
        for (EngineSlot e : engines) {
            next = Math.min(next, e.deadline());
        }
        return next;
    }

    /// Something was left for `cpu`: its holder sees it when it leaves; without a holder the agent is woken if it is
    /// idle.
    void kick(HostCpu cpu) {
        if (!cpu.licence.isHeld() && cpu.rechecking.get() == 0) {
            wakeAgent(cpu);
        }
    }

    /// A timer was armed on a CPU that the arming thread does not hold.
    void timerMovedUp(HostCpu cpu, long deadline) {
        if (deadline < cpu.idleUntil) {
            wakeAgent(cpu);
        }
    }

    // ---- services

    final String name() {
        return name;
    }

    final long now() {
        return runtime.clock().nanos();
    }

    final HostCpu cpu(int id) {
        return cpus[id];
    }

    final HostCpu[] allCpus() {
        return cpus;
    }

    final EngineSlot[] engineSlots() {
        return engines;
    }

    final InterruptLine irq(int number) {
        return irqs[number];
    }

    @Override
    public final SoftIrqTable softIrqs() {
        return softIrqs;
    }

    @Override
    public final RuntimeCore runtime() {
        return runtime;
    }

    @Override
    public final Clock clock() {
        return runtime.clock();
    }

    @Override
    public final Cpus cpus() {
        return this;
    }

    @Override
    public final Engines engines() {
        return this;
    }

    @Override
    public final Timers timers() {
        return this;
    }

    @Override
    public final WorkQueue workQueue() {
        return work;
    }

    @Override
    public abstract Sync sync();

    @Override
    public final RandomStreams random() {
        return random;
    }

    @Override
    public final ControlLock controlLock() {
        return control;
    }

    @Override
    public final Interrupts interrupts() {
        return () -> Arrays.stream(irqs)
                .filter(line -> !line.users().isEmpty())
                .map(line -> (Irq) line)
                .toList();
    }

    @Override
    public final int count() {
        return cpus.length;
    }

    @Override
    public final void raiseOn(int cpuId, SoftIrqVector vector) {
        HostCpu cpu = cpus[cpuId];
        cpu.raise(vector);
        kick(cpu);
    }

    @Override
    public final CpuIdle idle(int cpuId) {
        return cpus[cpuId].idleWith;
    }

    @Override
    public final void idleWith(int cpuId, CpuIdle idle) {
        HostCpu cpu = cpus[cpuId];
        CpuIdle before = cpu.idleWith;
        if (!(before instanceof ParkIdle)) {
            throw new IllegalStateException(cpu + " waits by " + before + " already, and cannot wait by " + idle);
        }
        cpu.idleWith = idle;
        before.wake();
    }

    @Override
    public final IrqLine newIrq(String irqName) {
        synchronized (irqList) {
            int number = freeIrqNumber();
            InterruptLine line = new InterruptLine(this, number, irqName, cpus[0]);
            if (number == irqList.size()) {
                irqList.add(line);
            } else {
                irqList.set(number, line);
            }
            irqs = irqList.toArray(InterruptLine[]::new);
            return line;
        }
    }

    /// The lowest number that no bus holds: a released line's, or the next one.
    private int freeIrqNumber() {
        for (int i = 0; i < irqList.size(); i++) {
            if (irqList.get(i).isReleased()) {
                return i;
            }
        }
        if (irqList.size() == PendingIrqs.MOST_LINES) {
            throw new IllegalStateException("a stack has at most " + PendingIrqs.MOST_LINES + " interrupt lines");
        }
        return irqList.size();
    }

    @Override
    public final EngineHandle add(String engineName, Engine engine) {
        synchronized (irqList) {
            EngineSlot slot = new EngineSlot(this, name + "/" + engineName, engine);
            EngineSlot[] longer = Arrays.copyOf(engines, engines.length + 1);
            longer[engines.length] = slot;
            engines = longer;
            return slot;
        }
    }

    final void removeEngine(EngineSlot slot) {
        synchronized (irqList) {
            engines = Arrays.stream(engines).filter(e -> e != slot).toArray(EngineSlot[]::new);
        }
    }

    @Override
    public final Timer coarse(String timerName, TimerHandler handler) {
        return new CoarseTimer(timerName, handler);
    }

    @Override
    public final Timer exact(String timerName, TimerHandler handler) {
        return new ExactTimer(timerName, handler);
    }

    /// Ends the work thread; called by `close` of both kinds of host.
    final void endWork() {
        work.end();
    }
}
