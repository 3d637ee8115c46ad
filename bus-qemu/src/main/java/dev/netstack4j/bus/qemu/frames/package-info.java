/// Frames between the socket of a QEMU device and the wire that the device is joined to.
/// Moved by an engine.
@NullMarked
package dev.netstack4j.bus.qemu.frames;

import org.jspecify.annotations.NullMarked;
