package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.spi.Options;
import java.util.Map;
import java.util.TreeMap;

/// Shows the driver under judgement a wrapper of each PCI device.
final class WatchingDriver implements PciDriver {
    private final PciDriver driver;
    private final Map<String, WatchedPciDevice> taken = new TreeMap<>();
    private LabDevice next;

    WatchingDriver(PciDriver driver, LabDevice first) {
        this.driver = driver;
        this.next = first;
    }

    /// For which device of the lab the next probe is.
    void next(LabDevice device) {
        next = device;
    }

    @Override
    public void probe(PciDevice inner, PciId id, Options options) throws NetException {
        WatchedPciDevice watched = next.wrap(inner);
        taken.put(inner.address(), watched);
        driver.probe(watched, id, options);
    }

    @Override
    public void remove(PciDevice inner) {
        WatchedPciDevice watched = taken.remove(inner.address());
        if (watched != null) {
            driver.remove(watched);
        }
    }
}
