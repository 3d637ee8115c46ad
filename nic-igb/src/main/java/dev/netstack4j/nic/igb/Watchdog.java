package dev.netstack4j.nic.igb;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;

/// Looks after an open device every two seconds: whether it is still there, whether its link is as the stack thinks,
/// whether an interrupt was lost, whether a transmit queue stands. Softirq context.
@Linux("drivers/net/ethernet/intel/igb/igb_main.c#igb_watchdog_task")
final class Watchdog {
    static final long PERIOD_NANOS = 2_000_000_000L;

    private final NetDevice device;
    private final Chip chip;
    private final DataPath path;
    private final Findings findings;
    private final Timer timer;
    private volatile boolean cancelled;

    /// What it finds; each does what is needed in process context.
    interface Findings {
        /// The device does not answer.
        void gone();

        /// The link is not as the stack thinks.
        void link();

        /// A transmit queue has not moved since the last look.
        void hung(int queue);
    }

    Watchdog(NetDevice device, Chip chip, DataPath path, IgbServices services, Findings findings) {
        this.device = device;
        this.chip = chip;
        this.path = path;
        this.findings = findings;
        timer = services.timers().coarse("igb watchdog", this::look);
    }

    void start(Cpu cpu) {
        timer.arm(cpu.nowNanos() + PERIOD_NANOS, cpu);
    }

    /// A look that has begun finds that it is over.
    void cancel(Cpu cpu) {
        cancelled = true;
        timer.cancel(cpu);
    }

    private void look(Cpu cpu) {
        if (cancelled) {
            return;
        }
        int status = chip.status();
        if (status == Registers.GONE) {
            findings.gone();
            return;
        }
        boolean up = (status & Registers.STATUS_LU) != 0;
        if (up != device.hasCarrier()) {
            findings.link();
        }
        boolean sends = up && (status & Registers.STATUS_TXOFF) == 0;
        int hung = path.lookAfter(sends, cpu);
        if (hung >= 0) {
            findings.hung(hung);
        }
        timer.arm(cpu.nowNanos() + PERIOD_NANOS, cpu);
    }
}
