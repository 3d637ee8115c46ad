/// The control socket: a stack's sockets, wire and clock for programs in any language.
/// docs/control-socket.md describes the protocol.
@NullMarked
package dev.netstack4j.cli.control;

import org.jspecify.annotations.NullMarked;
