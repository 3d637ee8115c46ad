/// The socket operations of TCP.
/// What core calls for a descriptor.
@NullMarked
package dev.netstack4j.proto.tcp.socket;

import org.jspecify.annotations.NullMarked;
