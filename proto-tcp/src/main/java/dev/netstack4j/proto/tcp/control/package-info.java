/// The variables of a connection, and the ports through which early rooms reach later ones.
/// No behaviour; each variable names the room that writes it.
@NullMarked
package dev.netstack4j.proto.tcp.control;

import org.jspecify.annotations.NullMarked;
