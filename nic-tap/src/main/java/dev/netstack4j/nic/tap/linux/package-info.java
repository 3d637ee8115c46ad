/// System calls of the Linux host that a TAP needs, through the foreign function interface.
/// Nothing here knows the stack.
@NullMarked
package dev.netstack4j.nic.tap.linux;

import org.jspecify.annotations.NullMarked;
