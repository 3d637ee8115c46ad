/// UDP as a module: what it contributes to a stack. The parts lie in packages by feature.
/// Linux's counterpart is `net/ipv4/udp.c`.
@NullMarked
package dev.netstack4j.proto.udp;

import org.jspecify.annotations.NullMarked;
