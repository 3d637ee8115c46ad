/// The PCI framework: bus, slots, configuration space, register windows, interrupt routing. Knows no chip but by its
/// factory. A chip is a `DeviceModel`; it is listed in `Models`.
@NullMarked
package dev.netstack4j.bus.emulated.pci;

import org.jspecify.annotations.NullMarked;
