/// From a transport's packet to a neighbour: header, hooks, fragmentation.
/// Linux keeps this in `ip_output.c`.
@NullMarked
package dev.netstack4j.proto.ipv4.output;

import org.jspecify.annotations.NullMarked;
