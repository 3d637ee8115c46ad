/// The 82540EM as its data sheet describes it: registers, EEPROM, PHY, interrupts, transmit and receive units. Written
/// from the data sheet alone, so that it checks the driver, which is written from the same sheet by another hand.
@NullMarked
package dev.netstack4j.bus.emulated.i82540em;

import org.jspecify.annotations.NullMarked;
