/// What transports need of IPv4 below them.
/// The counterpart of Linux's af_ops.
@NullMarked
package dev.netstack4j.proto.ipv4.family;

import org.jspecify.annotations.NullMarked;
