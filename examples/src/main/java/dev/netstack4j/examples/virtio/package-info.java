/// Lesson 6: a driver for a device of another kind, in an extension of its own.
/// virtio-net has hardly a register: driver and device talk through queues in memory.
@NullMarked
package dev.netstack4j.examples.virtio;

import org.jspecify.annotations.NullMarked;
