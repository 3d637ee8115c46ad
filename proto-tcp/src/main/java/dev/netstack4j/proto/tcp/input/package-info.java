/// What arriving segments do to a connection whose state does not change.
/// Fast path, acknowledgements, data, windows, acknowledgement policy.
@NullMarked
package dev.netstack4j.proto.tcp.input;

import org.jspecify.annotations.NullMarked;
