/// Tests of the room recovery.
@NullMarked
package dev.netstack4j.proto.tcp.recovery;

import org.jspecify.annotations.NullMarked;
