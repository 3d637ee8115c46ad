/// PCI as a driver sees it, over registers: configuration space, base address registers, interrupts.
/// What firmware would have done is done here.
@NullMarked
package dev.netstack4j.bus.qemu.pci;

import org.jspecify.annotations.NullMarked;
