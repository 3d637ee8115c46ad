/// A network for tests: hosts with nothing but TCP over a pipe that loses, delays and repeats, in virtual time.
/// No core is needed.
@NullMarked
package dev.netstack4j.proto.tcp.net;

import org.jspecify.annotations.NullMarked;
