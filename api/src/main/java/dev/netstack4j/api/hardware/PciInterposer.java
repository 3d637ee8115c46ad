package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.PlugPoint;

/// Stands between a bus and the driver of a device, as an analyser card stands between a slot and a card: sees every
/// register access, mapping and interrupt, and may change them. Contributed to [#POINT]; the options of its schema are
/// given with those of the device. Several stand one behind the other, in the order of assembly.
@ImplementedByExtensions
public interface PciInterposer {
    /// Where modules contribute it. Key: its name.
    PlugPoint<PciInterposer> POINT = PlugPoint.exclusive("pci-interposer", PciInterposer.class);

    /// A device was plugged in; its driver is looked for next. Process context under the control lock.
    ///
    /// @param device  the device, of the bus or of another interposer
    /// @param bus     kind of the bus
    /// @param options of this interposer, for this device
    /// @return the device that the driver is to see; `device` itself when the options ask for nothing
    /// @throws NetException when it cannot do what the options ask for: the device is then not taken
    PciDevice interpose(PciDevice device, String bus, Options options) throws NetException;

    /// The driver has let go of a device that [#interpose] gave, or has refused it. Process context under the control
    /// lock.
    default void unplugged(PciDevice interposed) {}
}
