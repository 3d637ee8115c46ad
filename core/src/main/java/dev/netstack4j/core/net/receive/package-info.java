/// The way of a received frame: taps, the device's own handler, the packet type table.
/// Batches of one protocol go up together.
@NullMarked
package dev.netstack4j.core.net.receive;

import org.jspecify.annotations.NullMarked;
