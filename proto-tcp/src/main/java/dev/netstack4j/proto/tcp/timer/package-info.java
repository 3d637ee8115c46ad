/// What happens when a connection's timers expire.
/// Retransmission and probes, delayed acknowledgement, keep-alive.
@NullMarked
package dev.netstack4j.proto.tcp.timer;

import org.jspecify.annotations.NullMarked;
