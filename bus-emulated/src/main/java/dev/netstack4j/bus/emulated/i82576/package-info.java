/// A device model of the Intel 82576 gigabit controller, written from its data sheet.
@NullMarked
package dev.netstack4j.bus.emulated.i82576;

import org.jspecify.annotations.NullMarked;
