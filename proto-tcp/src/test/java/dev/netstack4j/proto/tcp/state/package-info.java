/// Tests of what states need beside packets.
/// Packets are in the tests of whole connections.
@NullMarked
package dev.netstack4j.proto.tcp.state;

import org.jspecify.annotations.NullMarked;
