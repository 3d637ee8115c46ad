package dev.netstack4j.core.runtime;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqLine;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/// One interrupt: raised by a bus, handled on the CPU that it is aimed at. Raising sets it pending and wakes that CPU
/// if it is idle.
final class InterruptLine implements Irq, IrqLine {
    private static final System.Logger LOG = System.getLogger(InterruptLine.class.getName());

    private final Host host;
    private final int number;
    private final String name;
    private final AtomicBoolean pending = new AtomicBoolean();
    private volatile Bound[] handlers = new Bound[0];
    private volatile boolean high;
    private volatile boolean released;
    private volatile HostCpu target;
    private final long[] counts; // each written by the holder of its CPU

    private record Bound(String name, IrqHandler handler, boolean shared) {}

    InterruptLine(Host host, int number, String name, HostCpu target) {
        this.host = host;
        this.number = number;
        this.name = name;
        this.target = target;
        this.counts = new long[host.count()];
    }

    @Override
    public Irq irq() {
        return this;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public void raise() {
        // Without a handler the interrupt stays pending at the device's side: a later request raises it for a high
        // level.
        host.point("interrupt");
        if (handlers.length > 0 && pending.compareAndSet(false, true)) {
            HostCpu cpu = target;
            cpu.interrupt(number);
            host.kick(cpu);
        }
    }

    @Override
    public void level(boolean nowHigh) {
        high = nowHigh;
        if (nowHigh) {
            raise();
        }
    }

    /// Runs the handlers. The CPU is held, in hardirq context.
    void handle(HostCpu cpu) {
        host.note(this, "interrupts");
        pending.set(false);
        counts[cpu.id()]++;
        cpu.interrupted();
        for (Bound b : handlers) {
            call(b, cpu);
        }
        if (high) {
            raise();
        }
    }

    private void call(Bound b, HostCpu cpu) {
        try {
            b.handler.handle(cpu);
        } catch (RuntimeException | LinkageError e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "interrupt handler " + b.name + " failed; the interrupt is taken as handled",
                    e);
        }
    }

    @Override
    public void request(String who, IrqHandler handler, boolean shared) throws NetException {
        synchronized (this) {
            for (Bound b : handlers) {
                if (!b.shared || !shared) {
                    throw new NetException(
                            Errno.EBUSY,
                            "request interrupt " + number + " for " + who + " while " + b.name + " has it");
                }
            }
            Bound[] longer = Arrays.copyOf(handlers, handlers.length + 1);
            longer[handlers.length] = new Bound(who, handler, shared);
            handlers = longer;
        }
        if (high) {
            raise();
        }
    }

    @Override
    public void free(IrqHandler handler) {
        synchronized (this) {
            handlers = Arrays.stream(handlers).filter(b -> b.handler != handler).toArray(Bound[]::new);
        }
        host.cpus().synchronizeNet();
    }

    @Override
    public void affinity(int cpuId) {
        target = host.cpu(cpuId);
    }

    @Override
    public int affinity() {
        return target.id();
    }

    @Override
    public long count() {
        return Arrays.stream(counts).sum();
    }

    @Override
    public long count(int cpuId) {
        return counts[cpuId];
    }

    @Override
    public String users() {
        return Arrays.stream(handlers).map(Bound::name).collect(Collectors.joining(", "));
    }

    @Override
    public void release() {
        handlers = new Bound[0];
        released = true;
    }

    boolean isReleased() {
        return released;
    }

    @Override
    public String toString() {
        return host.name() + "/irq " + number + " " + name;
    }
}
