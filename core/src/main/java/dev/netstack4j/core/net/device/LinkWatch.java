package dev.netstack4j.core.net.device;

import dev.netstack4j.api.device.DeviceEvent;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.WorkQueue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Tells everybody, in process context, that the link of a device came or went, which its driver may say in any
/// context.
@Singleton
@Linux("net/core/link_watch.c#linkwatch_fire_event")
public final class LinkWatch {
    private final WorkQueue work;
    private final ControlLock control;
    private final Cpus cpus;
    private final DeviceNotifiers notifiers;

    /// Injected.
    @Inject
    public LinkWatch(WorkQueue work, ControlLock control, Cpus cpus, DeviceNotifiers notifiers) {
        this.work = work;
        this.control = control;
        this.cpus = cpus;
        this.notifiers = notifiers;
    }

    /// The link of a device came or went. Any context.
    public void changed(Device device) {
        work.queue("linkwatch " + device.name(), () -> tell(device));
    }

    private void tell(Device device) {
        control.lock();
        try {
            if (device.isUp()) {
                notifiers.changed(device, DeviceEvent.CARRIER);
                kickQueues(device);
            }
        } finally {
            control.unlock();
        }
    }

    /// What waited while there was no link goes on.
    private void kickQueues(Device device) {
        Cpu cpu = cpus.enter();
        try {
            for (DeviceTxQueue queue : device.everyQueue()) {
                queue.kick(cpu);
            }
        } finally {
            cpus.leave(cpu);
        }
    }
}
