/// Packets that stand for several: merged on receive, cut on the way out.
/// Linux keeps this in `af_inet.c`.
@NullMarked
package dev.netstack4j.proto.ipv4.offload;

import org.jspecify.annotations.NullMarked;
