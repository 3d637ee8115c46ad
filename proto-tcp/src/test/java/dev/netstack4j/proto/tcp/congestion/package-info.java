/// Tests of the room congestion.
/// One behaviour each.
@NullMarked
package dev.netstack4j.proto.tcp.congestion;

import org.jspecify.annotations.NullMarked;
