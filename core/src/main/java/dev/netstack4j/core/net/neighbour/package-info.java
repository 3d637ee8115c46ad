/// The neighbour caches: entries, their states and timers, the cached link header.
/// Knows no protocol: asking is left to the family's operations.
@NullMarked
package dev.netstack4j.core.net.neighbour;

import org.jspecify.annotations.NullMarked;
