package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Options;
import java.util.List;

/// One PCI bus of a stack: how registers, DMA memory and interrupts of its devices are reached. Process context under
/// the control lock.
@ImplementedByExtensions
public interface PciBus extends AutoCloseable {
    /// Device models that can be plugged in (BUS-1), for example `82540em`.
    List<String> models();

    /// Plugs in a device and joins it to `wire`, once (BUS-15). It is then on [#devices()]; core looks for its driver.
    ///
    /// @param model   one of [#models()]
    /// @param options the bus's options for this device: MAC address and so on
    /// @throws NetException when the model is unknown (BUS-7) or no slot is free
    PciDevice plug(String model, Options options, Wire wire) throws NetException;

    /// Unplugs a device, with or without its driver having let go of it.
    void unplug(PciDevice device);

    /// Lets something of a device break, as hardware does now and then.
    ///
    /// @param fault in the words of this bus
    /// @throws NetException EOPNOTSUPP when this bus cannot, EINVAL with the words that there are
    default void inject(PciDevice device, String fault) throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "inject '" + fault + "' into " + device.address());
    }

    /// What is plugged in (BUS-6), by address.
    List<PciDevice> devices();

    /// Ends the bus; all drivers have let go. What is still plugged in is unplugged (BUS-16).
    @Override
    void close();
}
