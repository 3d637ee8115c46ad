package dev.netstack4j.proto.udp.accounting;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import jakarta.inject.Inject;

/// UDP's counters, with the names of `/proc/net/snmp`.
@Linux("net/ipv4/proc.c#snmp4_udp_list")
public final class UdpCounters {
    /// Datagrams put into receive queues.
    public final Counter inDatagrams;
    /// Datagrams for ports without a socket.
    public final Counter noPorts;
    /// Datagrams that were bad or found no room.
    public final Counter inErrors;
    /// Datagrams sent.
    public final Counter outDatagrams;
    /// Datagrams dropped because the receive buffer was full.
    public final Counter receiveBufferErrors;
    /// Datagrams not sent for want of memory.
    public final Counter sendBufferErrors;
    /// Datagrams with a bad checksum.
    public final Counter checksumErrors;
    /// Datagrams to many that no socket wanted.
    public final Counter ignoredMulti;

    /// Registers them.
    @Inject
    public UdpCounters(Counters c) {
        inDatagrams = c.counter("Udp.InDatagrams");
        noPorts = c.counter("Udp.NoPorts");
        inErrors = c.counter("Udp.InErrors");
        outDatagrams = c.counter("Udp.OutDatagrams");
        receiveBufferErrors = c.counter("Udp.RcvbufErrors");
        sendBufferErrors = c.counter("Udp.SndbufErrors");
        checksumErrors = c.counter("Udp.InCsumErrors");
        ignoredMulti = c.counter("Udp.IgnoredMulti");
    }
}
