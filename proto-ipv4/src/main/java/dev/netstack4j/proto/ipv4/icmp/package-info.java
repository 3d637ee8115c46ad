/// ICMP: echo, errors that are sent, errors that are received, and their limits.
/// Linux keeps this in `icmp.c`.
@NullMarked
package dev.netstack4j.proto.ipv4.icmp;

import org.jspecify.annotations.NullMarked;
