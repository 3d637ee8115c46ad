package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Options;

/// A kind of PCI bus; one per stack, injected.
@ImplementedByExtensions
public interface PciBusOps {
    /// Makes the bus of one stack. Process context under the control lock.
    PciBus create(BusContext context, Options options) throws NetException;

    /// Whether it touches the world outside (other processes, real hardware), which a virtual-time stack refuses.
    boolean touchesOutside();

    /// The options of one device on this bus, as [PciBus#plug] takes them.
    dev.netstack4j.api.spi.OptionSchema deviceOptions();
}
