/// What applications do with UDP sockets.
/// Bind, connect, send, receive, poll, shut down, close.
@NullMarked
package dev.netstack4j.proto.udp.socket;

import org.jspecify.annotations.NullMarked;
