/// The wire kind `tap`: frames to and from a TAP device of the host kernel.
/// The engine reads and writes without blocking; the idle CPU polls the descriptors.
@NullMarked
package dev.netstack4j.wire.tap;

import org.jspecify.annotations.NullMarked;
