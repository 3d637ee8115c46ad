/// Layout of the IPv4 and ICMP headers over packet bytes.
/// Nothing here keeps state or decides anything.
@NullMarked
package dev.netstack4j.proto.ipv4.header;

import org.jspecify.annotations.NullMarked;
