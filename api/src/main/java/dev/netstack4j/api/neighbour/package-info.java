/// The neighbour cache: from IP address to link-layer address, with Linux's NUD states.
@NullMarked
package dev.netstack4j.api.neighbour;

import org.jspecify.annotations.NullMarked;
