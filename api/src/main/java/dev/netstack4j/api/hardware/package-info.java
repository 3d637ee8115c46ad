/// What a driver, a bus and a wire see of each other: PCI, registers, DMA, interrupts, frames.
/// A bus says how registers and memory are reached; a wire says where frames go.
@NullMarked
package dev.netstack4j.api.hardware;

import org.jspecify.annotations.NullMarked;
