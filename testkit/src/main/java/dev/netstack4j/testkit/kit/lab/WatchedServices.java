package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.SoftIrqVector;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.TimerHandler;
import dev.netstack4j.api.runtime.Timers;

/// Services of a stack that notice who waits where nobody may.
final class WatchedServices {
    private WatchedServices() {}

    static Cpus cpus(Cpus inner, Watch watch) {
        return new Cpus() {
            @Override
            public int count() {
                return inner.count();
            }

            @Override
            public Cpu enter() {
                watch.mayWait(Marks.NO_WAIT, "takes a CPU");
                return inner.enter();
            }

            @Override
            public void leave(Cpu cpu) {
                inner.leave(cpu);
            }

            @Override
            public void synchronizeNet() {
                watch.mayWait(Marks.NO_WAIT, "synchronizes with all CPUs");
                inner.synchronizeNet();
            }

            @Override
            public void raiseOn(int cpuId, SoftIrqVector vector) {
                inner.raiseOn(cpuId, vector);
            }

            @Override
            public CpuIdle idle(int cpuId) {
                return inner.idle(cpuId);
            }

            @Override
            public void idleWith(int cpuId, CpuIdle idle) {
                inner.idleWith(cpuId, idle);
            }
        };
    }

    static ControlLock controlLock(ControlLock inner, Watch watch) {
        return new ControlLock() {
            @Override
            public void lock() {
                watch.mayWait(Marks.NO_WAIT, "takes the control lock");
                inner.lock();
            }

            @Override
            public void unlock() {
                inner.unlock();
            }

            @Override
            public void assertHeld() {
                inner.assertHeld();
            }
        };
    }

    static Timers timers(Timers inner, Watch watch) {
        return new Timers() {
            @Override
            public Timer coarse(String name, TimerHandler handler) {
                return inner.coarse(name, guard(name, handler, watch));
            }

            @Override
            public Timer exact(String name, TimerHandler handler) {
                return inner.exact(name, guard(name, handler, watch));
            }
        };
    }

    private static TimerHandler guard(String name, TimerHandler handler, Watch watch) {
        return cpu -> {
            watch.enter("timer '" + name + "'");
            try {
                handler.expired(cpu);
            } catch (RuntimeException | LinkageError e) {
                watch.breaks(Marks.NEVER_THROWS, "timer '" + name + "' threw " + e);
                throw e;
            } finally {
                watch.leave();
            }
        };
    }
}
