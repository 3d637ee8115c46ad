/// From a received frame to a transport, a forwarded packet or a drop reason.
/// Linux keeps this in `ip_input.c`, `route.c` and `ip_forward.c`.
@NullMarked
package dev.netstack4j.proto.ipv4.input;

import org.jspecify.annotations.NullMarked;
