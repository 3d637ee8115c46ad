/// JMH benchmarks, one class a layer, and the whole stack from socket to socket.
/// Never published; run with the profile `bench`.
@NullMarked
package dev.netstack4j.bench;

import org.jspecify.annotations.NullMarked;
