package dev.netstack4j.core.net;

import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.core.net.device.Device;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Settings of single devices: `net.dev.NAME.tx_queue_len` is the length of its default qdisc from its next opening on.
@Singleton
public final class DeviceSettings {
    private final Sysctls sysctls;

    /// Injected.
    @Inject
    public DeviceSettings(Sysctls sysctls) {
        this.sysctls = sysctls;
    }

    void declare(Device device) {
        sysctls.declare(
                nameOf(device), device.config().txQueueLength(), 0, 1 << 20, "packets that the default qdisc keeps");
    }

    void apply(Device device) {
        Sysctl length = sysctls.find(nameOf(device));
        if (length != null) {
            device.config().txQueueLength(length.get());
        }
    }

    private static String nameOf(Device device) {
        return "net.dev." + device.name() + ".tx_queue_len";
    }
}
