package dev.netstack4j.core.net.device;

import dev.netstack4j.api.device.DeviceEvent;
import dev.netstack4j.api.device.DeviceNotifier;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.core.net.failure.FailureSite;
import dev.netstack4j.core.net.failure.HandlerFailures;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// Who hears of changes of devices, in the order of adding; when something goes away, in reverse.
@Singleton
public final class DeviceNotifiers {
    private final HandlerFailures failures;
    private final List<Listener> listeners = new ArrayList<>(); // guarded by the control lock

    /// Injected.
    @Inject
    public DeviceNotifiers(HandlerFailures failures) {
        this.failures = failures;
    }

    private record Listener(DeviceNotifier notifier, FailureSite site) {}

    /// Adds one. Constructors and start-up.
    public void add(DeviceNotifier notifier, String owner) {
        listeners.add(new Listener(notifier, failures.of(owner)));
    }

    /// Tells everybody; one that throws keeps it from nobody else. Process context under the control lock.
    public void changed(NetDevice device, DeviceEvent event) {
        boolean ending =
                event == DeviceEvent.GOING_DOWN || event == DeviceEvent.DOWN || event == DeviceEvent.UNREGISTER;
        for (Listener l : ending ? listeners.reversed() : listeners) {
            try {
                l.notifier().changed(device, event);
            } catch (Throwable t) {
                l.site().log("device notifier", t);
            }
        }
    }
}
