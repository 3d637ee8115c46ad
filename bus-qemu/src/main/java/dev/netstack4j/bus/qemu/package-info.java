/// The extension `bus-qemu`: what it contributes.
/// Below it: the QEMU process, its register protocol, PCI over it, and the frames.
@NullMarked
package dev.netstack4j.bus.qemu;

import org.jspecify.annotations.NullMarked;
