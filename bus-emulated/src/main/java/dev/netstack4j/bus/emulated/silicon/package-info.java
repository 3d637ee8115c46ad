/// What the device models have in common: rings, gather lists, frames to send, the packet buffer, address filters,
/// checksums, statistics, the PHY.
@NullMarked
package dev.netstack4j.bus.emulated.silicon;

import org.jspecify.annotations.NullMarked;
