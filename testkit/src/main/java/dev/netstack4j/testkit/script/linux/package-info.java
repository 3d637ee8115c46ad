/// Plays scripts against the Linux kernel: a network namespace and a TAP device of their own, and the kernel's sockets.
/// Needs root, and iproute2.
@NullMarked
package dev.netstack4j.testkit.script.linux;

import org.jspecify.annotations.NullMarked;
