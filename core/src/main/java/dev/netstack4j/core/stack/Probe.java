package dev.netstack4j.core.stack;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.core.registry.Contributed;
import java.util.ArrayList;
import java.util.List;

/// Lets a driver take a device or let go of it, and keeps what it leaves behind from staying. Under the control lock.
final class Probe {
    private static final System.Logger LOG = System.getLogger("dev.netstack4j.core.stack");

    private final NetDevices devices;

    Probe(NetDevices devices) {
        this.devices = devices;
    }

    /// Probes.
    ///
    /// @return the network device that the driver registered
    /// @throws NetException what the driver says; EIO when it threw otherwise; ENODEV when it made nothing
    NetDevice take(Contributed<PciDriver> driver, PciDevice pci, PciId id, Options options) throws NetException {
        List<NetDevice> before = devices.all();
        try {
            driver.instance().probe(pci, id, options);
        } catch (NetException e) {
            forgetNew(before);
            throw e;
        } catch (RuntimeException | Error e) {
            forgetNew(before);
            throw new NetException(
                    Errno.EIO,
                    "probe " + pci.address() + " with driver '" + driver.key() + "' of " + driver.owner(),
                    e);
        }
        List<NetDevice> made = madeSince(before);
        if (made.isEmpty()) {
            letGo(driver, pci);
            throw new NetException(
                    Errno.ENODEV,
                    "driver '" + driver.key() + "' of " + driver.owner() + " registered no network device for "
                            + pci.address());
        }
        return made.get(0);
    }

    private List<NetDevice> madeSince(List<NetDevice> before) {
        List<NetDevice> made = new ArrayList<>(devices.all());
        made.removeAll(before);
        return made;
    }

    private void forgetNew(List<NetDevice> before) {
        for (NetDevice left : madeSince(before)) {
            devices.unregister(left);
        }
    }

    /// Removes the driver, and the network device if a broken driver left it.
    void letGo(DriverBinding b) {
        letGo(b.driver(), b.seen().device());
        if (devices.all().contains(b.device())) {
            devices.unregister(b.device());
        }
    }

    /// Removes; a driver that throws is contained.
    private void letGo(Contributed<PciDriver> driver, PciDevice pci) {
        try {
            driver.instance().remove(pci);
        } catch (RuntimeException | Error e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "driver '" + driver.key() + "' of " + driver.owner() + " threw while it let go of "
                            + pci.address(),
                    e);
        }
    }
}
