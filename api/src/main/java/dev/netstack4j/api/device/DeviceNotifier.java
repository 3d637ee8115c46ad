package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.spi.PlugPoint;

/// Hears of changes of devices. May be contributed any number of times.
@ImplementedByExtensions
@Linux("net/core/dev.c#register_netdevice_notifier")
public interface DeviceNotifier {
    /// Where notifiers are contributed.
    PlugPoint<DeviceNotifier> POINT = PlugPoint.repeatable("device-notifier", DeviceNotifier.class);

    /// Process context under the control lock.
    void changed(NetDevice device, DeviceEvent event);
}
