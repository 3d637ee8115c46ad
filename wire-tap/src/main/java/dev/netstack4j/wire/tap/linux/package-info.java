/// The few calls and structures of Linux that a TAP needs, each in a file of its own.
/// Calls return what the kernel would: a result, or a negative error number.
@NullMarked
package dev.netstack4j.wire.tap.linux;

import org.jspecify.annotations.NullMarked;
