/// Whole stacks on the 82576 and its driver: many queues, every kind of interrupt, offloads, flow control, line rate.
@NullMarked
package dev.netstack4j.systemtests.igb;

import org.jspecify.annotations.NullMarked;
