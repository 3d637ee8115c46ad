/// Registers over the qtest protocol: posted writes, synchronous reads, and interrupts that come unasked.
/// One thread reads the sockets of a device.
@NullMarked
package dev.netstack4j.bus.qemu.qtest;

import org.jspecify.annotations.NullMarked;
