/// Segments as bytes: header fields, options, sequence arithmetic, and the control block of a segment's skb.
/// Nothing here knows a connection.
@NullMarked
package dev.netstack4j.proto.tcp.header;

import org.jspecify.annotations.NullMarked;
