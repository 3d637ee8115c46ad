/// Raw sockets, and datagram sockets of ICMP (ping).
/// Linux keeps this in `raw.c` and `ping.c`.
@NullMarked
package dev.netstack4j.proto.ipv4.raw;

import org.jspecify.annotations.NullMarked;
