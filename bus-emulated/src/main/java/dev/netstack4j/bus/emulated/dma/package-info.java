/// How a driver gives memory to a chip (`DmaMapper`) and how the chip reaches it (`DmaPort`).
/// Three ways: identity, checked ownership, forced bouncing.
@NullMarked
package dev.netstack4j.bus.emulated.dma;

import org.jspecify.annotations.NullMarked;
