package dev.netstack4j.nic.igb;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;

/// What is done about the watchdog's findings, in process context, while the device is open.
final class Recovery implements Watchdog.Findings {
    private static final System.Logger LOG = System.getLogger("dev.netstack4j.nic.igb");

    private final IgbDevice device;
    private final IgbServices services;
    private long resets; // written under the control lock

    Recovery(IgbDevice device, IgbServices services) {
        this.device = device;
        this.services = services;
    }

    private void later(String what, Runnable task) {
        services.work().queue("igb " + what, () -> {
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
            String name = netDevice().name();
            LOG.log(System.Logger.Level.WARNING, () -> name + ": the device does not answer any more; it is stopped");
            device.stop();
        });
    }

    @Override
    public void hung(int queue) {
        later("reset", () -> reset(queue));
    }

    /// Starts again with empty rings; packets in the old ones are dropped with a reason. Process context under the
    /// control lock.
    void reset(int queue) {
        String name = netDevice().name();
        resets++;
        LOG.log(
                System.Logger.Level.INFO,
                () -> name + ": transmit queue " + queue + " does not move; the device is reset");
        device.stop();
        try {
            device.open();
        } catch (NetException e) {
            LOG.log(System.Logger.Level.ERROR, name + " could not be opened after a reset", e);
        }
    }

    private NetDevice netDevice() {
        return device.netDevice();
    }

    void fill(DeviceStats into) {
        into.chip("tx_timeout_count", resets);
    }
}
