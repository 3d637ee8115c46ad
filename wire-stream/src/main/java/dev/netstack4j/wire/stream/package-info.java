/// The wire kind `stream`: Ethernet frames to and from another program over a Unix stream socket.
/// One thread a wire waits for the sockets; engines read and write them without blocking.
@NullMarked
package dev.netstack4j.wire.stream;

import org.jspecify.annotations.NullMarked;
