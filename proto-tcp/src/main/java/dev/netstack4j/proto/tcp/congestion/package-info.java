/// Congestion control: Reno and CUBIC, and the window's reaction to losses.
/// Behind the plug point of the api.
@NullMarked
package dev.netstack4j.proto.tcp.congestion;

import org.jspecify.annotations.NullMarked;
