package dev.netstack4j.testkit.simulation.nic;

import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;

/// Makes a [SoftNic] of every [SimulatedCard].
final class SoftNicDriver implements PciDriver {
    private final NetDevices devices;
    private final SkBuffPool pool;
    private final SoftNicReasons reasons;
    private final Map<String, SoftNic> taken = new TreeMap<>();

    @Inject
    SoftNicDriver(NetDevices devices, SkBuffPool pool, PacketReasons reasons) {
        this.devices = devices;
        this.pool = pool;
        this.reasons = new SoftNicReasons(reasons);
    }

    @Override
    public void probe(PciDevice device, PciId id, Options options) throws NetException {
        if (!(device instanceof SimulatedCard card)) {
            throw new NetException(Errno.ENODEV, "drive " + device.address() + ", which is no simulated card");
        }
        SoftNic nic = new SoftNic(card, pool, reasons);
        NetDevice made = devices.alloc("eth%d", nic);
        made.config().macAddress(card.mac());
        made.config().mtuRange(68, SoftNic.MOST_MTU);
        made.config().features(DeviceFeatures.SG);
        nic.join(made);
        taken.put(card.address(), nic);
        devices.register(made);
        nic.attach();
    }

    @Override
    public void remove(PciDevice device) {
        SoftNic nic = taken.remove(device.address());
        if (nic != null) {
            devices.unregister(nic.device());
            nic.leave();
        }
    }
}
