package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.Timers;

/// Looks every two seconds whether an open device is alive. Where something waits and has not moved since the last
/// look, either an interrupt was lost, and the device is asked what happened; or the transmitter hangs though it has a
/// link and nobody pauses it, and the device has to be reset. Core's own watchdog sees only queues that are stopped.
@Linux("drivers/net/ethernet/intel/e1000/e1000_main.c#e1000_watchdog")
final class Watchdog {
    /// From one look to the next, so that a hang is noticed two to four seconds after it began.
    static final long PERIOD_NANOS = 2_000_000_000L;

    private final Chip chip;
    private final TxRing tx;
    private final RxRing rx;
    private final Traffic traffic;
    private final DataPath path;
    private final Timer timer;
    private volatile boolean stopped;

    // written by the timer
    private long txSeen;
    private long rxSeen;
    private boolean txWaited;
    private boolean rxWaited;

    Watchdog(Chip chip, TxRing tx, RxRing rx, Traffic traffic, DataPath path, Timers timers, String name) {
        this.chip = chip;
        this.tx = tx;
        this.rx = rx;
        this.traffic = traffic;
        this.path = path;
        timer = timers.coarse(name + " watchdog", this::look);
    }

    void start(Cpu cpu) {
        timer.arm(cpu.nowNanos() + PERIOD_NANOS, cpu);
    }

    /// No look begins any more. One that has begun ends before `synchronizeNet` does.
    void stop() {
        stopped = true;
    }

    /// After [#stop], when no look is under way.
    void cancel(Cpu cpu) {
        timer.cancel(cpu);
    }

    private void look(Cpu cpu) {
        if (stopped) {
            return;
        }
        if (txStands() && tx.hasReport() || rxStands()) {
            traffic.lostInterrupts++;
            path.handle(cpu);
        } else if (txStands() && chip.maySend()) {
            path.hangs();
        }
        remember();
        start(cpu);
    }

    private boolean txStands() {
        return txWaited && tx.isBusy() && traffic.txPackets == txSeen;
    }

    private boolean rxStands() {
        return rxWaited && rx.hasFrame() && traffic.rxPackets + traffic.rxBad == rxSeen;
    }

    private void remember() {
        txWaited = tx.isBusy();
        txSeen = traffic.txPackets;
        rxWaited = rx.hasFrame();
        rxSeen = traffic.rxPackets + traffic.rxBad;
    }
}
