/// Segments that travel as one packet: merged on receive, cut on the way out.
/// Linux keeps this in `tcp_offload.c`.
@NullMarked
package dev.netstack4j.proto.tcp.offload;

import org.jspecify.annotations.NullMarked;
