package dev.netstack4j.core.net;

import dev.netstack4j.api.device.DeviceEvent;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.device.DeviceNotifiers;
import dev.netstack4j.core.net.transmit.QdiscAttachment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Opens and stops devices. Process context under the control lock, holding no CPU.
@Singleton
public final class DeviceActivation {
    private final QdiscAttachment qdiscs;
    private final DeviceSettings settings;
    private final DeviceNotifiers notifiers;
    private final ControlLock control;
    private final Cpus cpus;

    /// Injected.
    @Inject
    public DeviceActivation(
            QdiscAttachment qdiscs,
            DeviceSettings settings,
            DeviceNotifiers notifiers,
            ControlLock control,
            Cpus cpus) {
        this.qdiscs = qdiscs;
        this.settings = settings;
        this.notifiers = notifiers;
        this.control = control;
        this.cpus = cpus;
    }

    /// Opens a device; nothing happens when it is up.
    ///
    /// @throws NetException what the driver says; EIO when it threw something else
    @Linux("net/core/dev.c#__dev_open")
    void open(Device device) throws NetException {
        control.assertHeld();
        if (device.isUp()) {
            return;
        }
        settings.apply(device);
        qdiscs.activate(device);
        try {
            device.ops().open();
        } catch (RuntimeException | LinkageError e) {
            device.site().log("open", e);
            throw new NetException(Errno.EIO, "open " + device, e);
        }
        device.up(true);
        applyFilter(device);
        notifiers.changed(device, DeviceEvent.UP);
    }

    /// Tells the driver which frames to take, if it is up.
    static void applyFilter(Device device) {
        try {
            if (device.isUp()) {
                device.ops().setRxMode(device.receiveFilter().mode());
            }
        } catch (RuntimeException | LinkageError e) {
            device.site().log("setRxMode", e);
        }
    }

    /// Stops a device; nothing happens when it is down. Packets of its qdisc are dropped.
    @Linux("net/core/dev.c#__dev_close_many")
    void close(Device device) {
        control.assertHeld();
        if (!device.isUp()) {
            return;
        }
        notifiers.changed(device, DeviceEvent.GOING_DOWN);
        device.up(false);
        qdiscs.deactivate(device);
        cpus.synchronizeNet();
        empty(device);
        stop(device);
        notifiers.changed(device, DeviceEvent.DOWN);
    }

    /// Changes the number of queue pairs. No packet comes in meanwhile; those in qdiscs of queues that stay wait.
    ///
    /// @throws NetException what the driver says
    void channels(Device device, int pairs) throws NetException {
        control.assertHeld();
        if (!device.isUp()) {
            device.config().ethtool().setChannels(pairs);
            return;
        }
        qdiscs.deactivate(device);
        cpus.synchronizeNet();
        try {
            device.config().ethtool().setChannels(pairs);
        } finally {
            resetBeyond(device, device.config().txQueues());
            qdiscs.activate(device);
        }
    }

    private void resetBeyond(Device device, int queues) {
        Cpu cpu = cpus.enter();
        try {
            qdiscs.resetBeyond(device, queues, cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    private void empty(Device device) {
        Cpu cpu = cpus.enter();
        try {
            device.watchdog().cancel(cpu);
            qdiscs.reset(device, cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    private static void stop(Device device) {
        try {
            device.ops().stop();
        } catch (Throwable t) {
            device.site().log("stop", t);
        }
    }
}
