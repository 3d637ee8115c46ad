/// IPv4 as a module: what it contributes to a stack. The parts lie in packages by feature.
/// Linux's counterpart is `net/ipv4` without the transports.
@NullMarked
package dev.netstack4j.proto.ipv4;

import org.jspecify.annotations.NullMarked;
