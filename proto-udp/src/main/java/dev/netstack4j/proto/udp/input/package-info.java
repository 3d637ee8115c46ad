/// From IP to a socket's receive queue.
/// Checks, demultiplexing, errors.
@NullMarked
package dev.netstack4j.proto.udp.input;

import org.jspecify.annotations.NullMarked;
