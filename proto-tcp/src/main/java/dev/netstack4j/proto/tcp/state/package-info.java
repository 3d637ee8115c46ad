/// The state machine of RFC 9293, one class per group of states.
/// Each arrival ends in a named disposition.
@NullMarked
package dev.netstack4j.proto.tcp.state;

import org.jspecify.annotations.NullMarked;
