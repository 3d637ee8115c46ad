package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.TimerHandler;
import org.jspecify.annotations.Nullable;

/// A timer in a CPU's heap.
final class ExactTimer implements Timer {
    final TimerHandler handler;
    volatile int index = -1;
    volatile long deadline;
    long sequence;
    private final String name;
    private volatile @Nullable HostCpu home;

    ExactTimer(String name, TimerHandler handler) {
        this.name = name;
        this.handler = handler;
    }

    boolean before(ExactTimer other) {
        return deadline < other.deadline || deadline == other.deadline && sequence < other.sequence;
    }

    @Override
    public void arm(long deadlineNanos, Cpu cpu) {
        HostCpu on = (HostCpu) cpu;
        HostCpu h = home;
        if (h != null && h != on) {
            h.heap.cancel(this);
        }
        home = on;
        on.heap.arm(this, deadlineNanos);
    }

    @Override
    public boolean cancel(Cpu cpu) {
        HostCpu h = home;
        if (h == null) {
            return false;
        }
        h.host.point("cancel");
        return h.heap.cancel(this);
    }

    @Override
    public boolean isArmed() {
        return index >= 0;
    }

    @Override
    public long deadlineNanos() {
        return deadline;
    }

    @Override
    public String toString() {
        return "timer " + name;
    }
}
