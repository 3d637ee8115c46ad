/// Addresses and routes as the control plane sees them, and what device events do to them.
/// Everything here runs under the control lock.
@NullMarked
package dev.netstack4j.proto.ipv4.control;

import org.jspecify.annotations.NullMarked;
