/// Devices, NAPI, the link layer, qdiscs, neighbours and hooks of one stack.
/// The classes here are what the rest of core binds; their parts lie in the packages below.
@NullMarked
package dev.netstack4j.core.net;

import org.jspecify.annotations.NullMarked;
