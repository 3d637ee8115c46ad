package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import java.util.List;

/// A device on a PCI bus, as its driver sees it. All methods: process context under the control lock.
@ImplementedByExtensions
@Linux("include/linux/pci.h#pci_dev")
public interface PciDevice {
    /// Where it sits, alone (BUS-8), for example `0000:00:04.0`.
    String address();

    /// Its identity, all four numbers, as configuration space shows it (BUS-2).
    PciId id();

    /// Reads 32 bits of configuration space.
    ///
    /// @param offset multiple of 4
    int configRead32(int offset);

    /// Writes 32 bits of configuration space.
    void configWrite32(int offset, int value);

    /// Lets the device decode its memory and act as bus master, so that it moves the data of its driver (BUS-18).
    ///
    /// @throws NetException when it does not answer
    void enable() throws NetException;

    /// Undoes [#enable]; DMA stops (BUS-17).
    void disable();

    /// Brings the device back to the state of power-up, by means of the bus; configuration space is as before. The
    /// driver has stopped it and holds no vectors.
    ///
    /// @throws NetException EOPNOTSUPP when the bus cannot, EIO when the device does not come back
    @Linux("drivers/pci/pci.c#pci_reset_function")
    default void reset() throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "reset PCI device " + address());
    }

    /// Maps a base address register.
    ///
    /// @param bar 0 to 5
    /// @throws NetException ENODEV when the device does not have it (BUS-3)
    IoMemory mapBar(int bar) throws NetException;

    /// DMA memory and mappings for this device.
    DmaMapper dma();

    /// Allocates interrupt vectors of the best of the allowed kinds that the device grants: MSI-X, then MSI, then INTx
    /// (BUS-12).
    ///
    /// @param least fewest vectors that do (BUS-13)
    /// @param most  most vectors that are of use
    /// @param kinds what the driver can handle
    /// @throws NetException ENOSPC-like (ENODEV) when none of the kinds is granted
    @Linux("drivers/pci/msi/api.c#pci_alloc_irq_vectors")
    IrqVectors allocIrqVectors(int least, int most, List<IrqKind> kinds) throws NetException;
}
