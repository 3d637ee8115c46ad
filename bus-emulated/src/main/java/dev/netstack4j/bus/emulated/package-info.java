/// The extension `bus-emulated`: what it contributes.
/// Below it: the PCI framework, DMA, the chips and the cable.
@NullMarked
package dev.netstack4j.bus.emulated;

import org.jspecify.annotations.NullMarked;
