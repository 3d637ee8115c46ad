package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.qdisc.QdiscWatchdog;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.TimerHandler;
import dev.netstack4j.api.runtime.Timers;
import org.jspecify.annotations.Nullable;

/// Wakes a qdisc at the very instant that it asked for.
@Linux("net/sched/sch_api.c#qdisc_watchdog")
final class WatchdogTimer implements QdiscWatchdog {
    private final Timer timer;
    private @Nullable TimerHandler wakes;

    WatchdogTimer(Timers timers) {
        timer = timers.exact("qdisc-watchdog", this::expired);
    }

    /// Whom it wakes; before the qdisc is used.
    void wakes(TimerHandler handler) {
        wakes = handler;
    }

    @Override
    public void schedule(long deadlineNanos, Cpu cpu) {
        if (!timer.isArmed() || timer.deadlineNanos() != deadlineNanos) {
            timer.arm(deadlineNanos, cpu);
        }
    }

    @Override
    public void cancel(Cpu cpu) {
        timer.cancel(cpu);
    }

    private void expired(Cpu cpu) {
        TimerHandler handler = wakes;
        if (handler != null) {
            handler.expired(cpu);
        }
    }
}
