package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;

/// Looks every two seconds whether an open device is alive: whether it is still there, and its link is as the stack
/// thinks; where something waits and has not moved since the last look, either an interrupt was lost, and the device is
/// polled, or the transmitter hangs though it has a link and nobody pauses it. Core's own watchdog sees only queues
/// that are stopped. Softirq context.
@Linux("drivers/net/ethernet/intel/e1000/e1000_main.c#e1000_watchdog")
final class Watchdog {
    /// From one look to the next, so that a hang is noticed two to four seconds after it began.
    static final long PERIOD_NANOS = 2_000_000_000L;

    private final NetDevice device;
    private final Chip chip;
    private final DataPath path;
    private final Findings findings;
    private final Traffic traffic;
    private final Timer timer;
    private volatile boolean stopped;

    // written by the timer
    private long txSeen;
    private long rxSeen;
    private boolean txWaited;
    private boolean rxWaited;

    /// What it finds; each does what is needed in process context.
    interface Findings {
        /// The device does not answer.
        void gone();

        /// The link is not as the stack thinks.
        void link();

        /// The transmitter has not moved since the last look.
        void hung();
    }

    Watchdog(NetDevice device, Chip chip, DataPath path, E1000Services services, Traffic traffic, Findings findings) {
        this.device = device;
        this.chip = chip;
        this.path = path;
        this.findings = findings;
        this.traffic = traffic;
        timer = services.timers().coarse(device.name() + " watchdog", this::look);
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
        if (chip.isGone()) {
            findings.gone();
            return;
        }
        if (chip.isLinkUp() != device.hasCarrier()) {
            findings.link();
        }
        lookAtTraffic(cpu);
        start(cpu);
    }

    private void lookAtTraffic(Cpu cpu) {
        boolean txStands = txWaited && path.tx().isBusy() && traffic.txPackets == txSeen;
        boolean rxStands = rxWaited && path.rx().hasFrame() && traffic.rxPackets + traffic.rxBad == rxSeen;
        if (rxStands || txStands && path.tx().hasReport()) {
            traffic.watchdogPolls++;
            path.lookAgain(cpu);
        } else if (txStands && chip.maySend()) {
            findings.hung();
        }
        txWaited = path.tx().isBusy();
        txSeen = traffic.txPackets;
        rxWaited = path.rx().hasFrame();
        rxSeen = traffic.rxPackets + traffic.rxBad;
    }
}
