/// Layout of the UDP header over packet bytes.
/// Nothing here keeps state or decides anything.
@NullMarked
package dev.netstack4j.proto.udp.header;

import org.jspecify.annotations.NullMarked;
