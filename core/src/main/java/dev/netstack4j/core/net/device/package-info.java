/// Devices as core keeps them: their transmit queues, notifiers, opening and closing.
/// Also the watchdog over stopped queues.
@NullMarked
package dev.netstack4j.core.net.device;

import org.jspecify.annotations.NullMarked;
