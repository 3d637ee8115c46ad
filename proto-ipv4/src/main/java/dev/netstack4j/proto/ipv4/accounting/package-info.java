/// Counters with Linux's SNMP names and the reasons for which IPv4 ends packets.
/// One object of each per stack, shared by all parts.
@NullMarked
package dev.netstack4j.proto.ipv4.accounting;

import org.jspecify.annotations.NullMarked;
