package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.TimerHandler;
import org.jspecify.annotations.Nullable;

/// A timer in a CPU's wheel. While it is linked, a later deadline is a plain write; the wheel moves it when its old
/// slot comes up.
final class CoarseTimer implements Timer {
    final TimerHandler handler;

    @Nullable
    CoarseTimer next;

    @Nullable
    CoarseTimer prev;

    int slot = -1;

    @Nullable
    HostCpu home;

    volatile boolean armed;
    volatile long deadline;
    private final String name;

    CoarseTimer(String name, TimerHandler handler) {
        this.name = name;
        this.handler = handler;
    }

    @Override
    public void arm(long deadlineNanos, Cpu cpu) {
        HostCpu on = (HostCpu) cpu;
        HostCpu h = home;
        if (h == on && slot >= 0 && armed && deadlineNanos >= deadline) {
            deadline = deadlineNanos;
            return;
        }
        HostCpu where = h == null ? on : h;
        where.wheel.arm(this, deadlineNanos, where);
        if (where != on) {
            where.host.timerMovedUp(where, deadlineNanos);
        }
    }

    @Override
    public boolean cancel(Cpu cpu) {
        HostCpu h = home;
        if (h != null) {
            h.host.point("cancel");
        }
        boolean was = armed;
        armed = false;
        return was;
    }

    @Override
    public boolean isArmed() {
        return armed;
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
