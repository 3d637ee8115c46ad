/// Tests of the room header.
/// One behaviour each.
@NullMarked
package dev.netstack4j.proto.tcp.header;

import org.jspecify.annotations.NullMarked;
