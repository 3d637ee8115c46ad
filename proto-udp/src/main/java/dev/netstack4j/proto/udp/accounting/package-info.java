/// UDP's counters with Linux's SNMP names, and the reasons for which it ends packets.
/// One object of each per stack.
@NullMarked
package dev.netstack4j.proto.udp.accounting;

import org.jspecify.annotations.NullMarked;
