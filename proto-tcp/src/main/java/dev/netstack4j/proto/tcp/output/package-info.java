/// From the user's bytes to segments given to the network layer.
/// Send buffer, write loop, transmission, control segments.
@NullMarked
package dev.netstack4j.proto.tcp.output;

import org.jspecify.annotations.NullMarked;
