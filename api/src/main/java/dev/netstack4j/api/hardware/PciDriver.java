package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Options;

/// A driver for PCI devices; one per stack, injected. Its ids are declared in the module's contributions.
@ImplementedByExtensions
@Linux("include/linux/pci.h#pci_driver")
public interface PciDriver {
    /// Takes a device: maps registers, resets it, registers a network device as the last step, which
    /// may be opened from that moment on (NDO-11). Process context under
    /// the control lock.
    ///
    /// @param id      the entry of the driver's table that matched
    /// @param options the driver's options for this device
    /// @throws NetException when the device cannot be used; everything taken so far must have been given back
    ///     (NDO-10)
    void probe(PciDevice device, PciId id, Options options) throws NetException;

    /// Lets go of a device that [#probe] took: unregisters the network device and frees rings, interrupts and mappings
    /// (NDO-12), in the middle of traffic too (NDO-13).
    /// Process context under the control lock. The device may be gone already (reads give all ones).
    void remove(PciDevice device);
}
