/// Tests of the room demux.
/// One behaviour each.
@NullMarked
package dev.netstack4j.proto.tcp.demux;

import org.jspecify.annotations.NullMarked;
