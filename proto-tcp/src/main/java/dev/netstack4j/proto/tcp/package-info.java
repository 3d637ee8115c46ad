/// TCP: the module and the wiring of its rooms. Rooms: header, control, congestion, recovery, output, input, state,
/// timer, demux, socket; later ones call earlier ones.
@NullMarked
package dev.netstack4j.proto.tcp;

import org.jspecify.annotations.NullMarked;
