package dev.netstack4j.proto.arp;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.device.DeviceEvent;
import dev.netstack4j.api.device.DeviceFlags;
import dev.netstack4j.api.device.DeviceNotifier;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.InetControl;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.spi.Lifecycle;
import dev.netstack4j.api.spi.Plugged;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Announces a device's IPv4 addresses by gratuitous ARP when its Ethernet address changes or, with `arp_notify`, when
/// it comes up.
@Linux("net/ipv4/devinet.c#inetdev_send_gratuitous_arp")
final class ArpAnnouncer implements DeviceNotifier, Lifecycle {
    private final Plugged plugged;
    private final Cpus cpus;
    private final ArpTransmitter transmitter;
    private final Sysctl notifyOnUp;
    private @Nullable InetControl ipv4;

    @Inject
    ArpAnnouncer(Plugged plugged, Cpus cpus, ArpTransmitter transmitter, Sysctls sysctls) {
        this.plugged = plugged;
        this.cpus = cpus;
        this.transmitter = transmitter;
        notifyOnUp = sysctls.declare(
                "net.ipv4.conf.all.arp_notify",
                0,
                0,
                1,
                "1: tell the neighbours a device's addresses by ARP when it comes up; 0: only when its MAC changes");
    }

    @Override
    public void start() {
        ipv4 = plugged.find(InetControl.POINT, InetControl.key(AddressFamily.INET));
    }

    @Override
    public void changed(NetDevice device, DeviceEvent event) {
        boolean wanted = event == DeviceEvent.ADDRESS || event == DeviceEvent.UP && notifyOnUp.get() != 0;
        InetControl control = ipv4;
        if (wanted && control != null && device.isUp() && doesArp(device)) {
            announce(device, control.addresses(device));
        }
    }

    private static boolean doesArp(NetDevice device) {
        return (device.config().flags() & (DeviceFlags.NOARP | DeviceFlags.LOOPBACK)) == 0;
    }

    private void announce(NetDevice device, List<IpPrefix> addresses) {
        Cpu cpu = cpus.enter();
        try {
            for (IpPrefix prefix : addresses) {
                transmitter.announce(device, prefix.address().v4Bits(), cpu);
            }
        } finally {
            cpus.leave(cpu);
        }
    }
}
