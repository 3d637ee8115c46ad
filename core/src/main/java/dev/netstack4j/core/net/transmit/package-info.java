/// The way of a frame to the driver: queue choice, qdisc run, validation, the transmit lock, taps.
/// Also the NET_TX softirq.
@NullMarked
package dev.netstack4j.core.net.transmit;

import org.jspecify.annotations.NullMarked;
