/// The wire kind `cable`: joins two devices of stacks that share a runtime, directly or with rate, delay and loss.
/// Ends meet by name.
@NullMarked
package dev.netstack4j.bus.emulated.cable;

import org.jspecify.annotations.NullMarked;
