/// The qdisc `pfifo_fast`: three first-in first-out bands, chosen by packet priority and emptied in strict order.
/// `PfifoFast` is the queue itself, `PfifoFastOps` makes one per transmit queue.
@NullMarked
package dev.netstack4j.qdisc.pfifofast;

import org.jspecify.annotations.NullMarked;
