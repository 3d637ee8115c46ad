/// Round trip times, the retransmit queue and the scoreboard: what is lost.
/// Decides; sends nothing.
@NullMarked
package dev.netstack4j.proto.tcp.recovery;

import org.jspecify.annotations.NullMarked;
