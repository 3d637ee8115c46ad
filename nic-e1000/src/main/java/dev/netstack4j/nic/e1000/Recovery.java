package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.error.NetException;

/// What is done about the watchdog's findings, and about core's, in process context, while the device is open.
final class Recovery implements Watchdog.Findings {
    private static final System.Logger LOG = System.getLogger("dev.netstack4j.nic.e1000");

    private final E1000Device device;
    private final Chip chip;
    private final E1000Services services;
    private final Traffic traffic;

    Recovery(E1000Device device, Chip chip, E1000Services services, Traffic traffic) {
        this.device = device;
        this.chip = chip;
        this.services = services;
        this.traffic = traffic;
    }

    private void later(String what, Runnable task) {
        services.work().queue("e1000 " + what, () -> {
            services.controlLock().lock();
            try {
                if (device.isOpen()) {
                    task.run();
                }
            } finally {
                services.controlLock().unlock();
            }
        });
    }

    @Override
    public void link() {
        later("link", device::lookAtLink);
    }

    @Override
    public void gone() {
        later("gone", () -> {
            LOG.log(System.Logger.Level.WARNING, name() + ": the device does not answer any more; it is stopped");
            device.stop();
        });
    }

    @Override
    public void hung() {
        later("reset", () -> {
            LOG.log(System.Logger.Level.WARNING, name() + ": the transmitter does not move; the device is reset");
            reset();
        });
    }

    /// Core saw the queue stopped for long. A device that is paused, or has no link, does what it should; any other
    /// starts again. Process context under the control lock.
    void queueStands() {
        if (!device.isOpen() || chip.maySend()) {
            LOG.log(System.Logger.Level.INFO, name() + ": the queue does not move; the device is reset");
            reset();
        } else {
            traffic.pausedTimeouts++;
        }
    }

    /// Starts again with empty rings; packets in the old ones are dropped with a reason.
    private void reset() {
        traffic.timeouts++;
        device.stop();
        try {
            device.open();
        } catch (NetException e) {
            LOG.log(System.Logger.Level.ERROR, name() + " could not be opened after a reset", e);
        }
    }

    private String name() {
        return device.netDevice().name();
    }
}
