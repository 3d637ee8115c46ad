/// Drivers against the device models of QEMU.
/// Needs the program qemu-system-x86_64.
@NullMarked
package dev.netstack4j.systemtests.qemu;

import org.jspecify.annotations.NullMarked;
