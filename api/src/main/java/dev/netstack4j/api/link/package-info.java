/// The link layer: who receives which EtherType, taps, and the way down to the device queue.
@NullMarked
package dev.netstack4j.api.link;

import org.jspecify.annotations.NullMarked;
