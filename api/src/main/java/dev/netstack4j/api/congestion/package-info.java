/// Congestion control as a plug point: per socket, by name.
@NullMarked
package dev.netstack4j.api.congestion;

import org.jspecify.annotations.NullMarked;
