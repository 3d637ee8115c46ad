package dev.netstack4j.core.net.device;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;

/// Looks after a device whose driver has stopped a transmit queue: if the queue does not move for five seconds the
/// driver is told, in process context. The timer runs only while a queue is stopped, so an idle stack has none.
@Linux("net/sched/sch_generic.c#dev_watchdog")
public final class TransmitWatchdog {
    /// How long a queue may stand.
    public static final long LIMIT_NANOS = 5_000_000_000L;

    private final Device device;
    private final DeviceHost host;
    private final Timer timer;

    TransmitWatchdog(Device device, DeviceHost host) {
        this.device = device;
        this.host = host;
        this.timer = host.timers().coarse("tx-watchdog", this::expired);
    }

    /// A queue was stopped.
    public void queueStopped(Cpu cpu) {
        if (!timer.isArmed()) {
            timer.arm(cpu.nowNanos() + LIMIT_NANOS, cpu);
        }
    }

    /// The device goes down.
    public void cancel(Cpu cpu) {
        timer.cancel(cpu);
    }

    private void expired(Cpu cpu) {
        if (!device.isUp()) {
            return;
        }
        long now = cpu.nowNanos();
        long next = Long.MAX_VALUE;
        for (DeviceTxQueue queue : device.everyQueue()) {
            if (queue.isStopped()) {
                next = Math.min(next, look(queue, now, cpu));
            }
        }
        if (next != Long.MAX_VALUE) {
            timer.arm(next, cpu);
        }
    }

    /// Looks at a stopped queue.
    ///
    /// @return when to look again
    private long look(DeviceTxQueue queue, long now, Cpu cpu) {
        long limit = queue.lastStartNanos() + LIMIT_NANOS;
        if (now < limit) {
            return limit;
        }
        if (device.hasCarrier()) {
            host.transmitTimeouts().increment(cpu);
            host.work().queue("tx-timeout " + device.name(), () -> tell(queue));
        }
        return now + LIMIT_NANOS;
    }

    private void tell(DeviceTxQueue queue) {
        host.control().lock();
        try {
            if (device.isUp() && queue.isStopped() && host.clock().nanos() - queue.lastStartNanos() >= LIMIT_NANOS) {
                device.ops().txTimeout(queue.index());
            }
        } catch (Throwable t) {
            device.site().log("txTimeout", t);
        } finally {
            host.control().unlock();
        }
    }
}
