package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.TimerHandler;
import dev.netstack4j.api.runtime.Timers;

/// Tries again after a driver refused a packet without stopping its queue: at once the first time, then after longer
/// and longer waits, so that a driver which stays busy costs no CPU.
final class RetryTimer {
    private static final long FIRST_NANOS = 10_000;
    private static final int MOST_DOUBLINGS = 7; // some 1.3 ms

    private final TimerHandler again;
    private final Timer timer;
    private int refusals; // since the last progress; the runner's

    RetryTimer(Timers timers, TimerHandler again) {
        this.again = again;
        this.timer = timers.exact("qdisc-retry", again);
    }

    void progress() {
        refusals = 0;
    }

    void soon(Cpu cpu) {
        int before = refusals++;
        if (before == 0) {
            again.expired(cpu);
        } else {
            timer.arm(cpu.nowNanos() + (FIRST_NANOS << Math.min(before - 1, MOST_DOUBLINGS)), cpu);
        }
    }

    void cancel(Cpu cpu) {
        timer.cancel(cpu);
    }
}
