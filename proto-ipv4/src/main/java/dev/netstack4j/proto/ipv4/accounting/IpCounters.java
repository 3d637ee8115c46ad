package dev.netstack4j.proto.ipv4.accounting;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.statistics.Counter;
import dev.netstack4j.api.statistics.Counters;
import jakarta.inject.Inject;

/// IPv4's counters, with the names of `/proc/net/snmp` and `/proc/net/netstat`.
@Linux("net/ipv4/proc.c#snmp4_ipstats_list")
public final class IpCounters {
    /// Packets received, bad ones included.
    public final Counter inReceives;
    /// Packets with a bad header.
    public final Counter inHeaderErrors;
    /// Packets that are not for this host and are not forwarded.
    public final Counter inAddressErrors;
    /// Packets forwarded.
    public final Counter forwarded;
    /// Packets without a protocol for them.
    public final Counter inUnknownProtocols;
    /// Good packets dropped for want of memory.
    public final Counter inDiscards;
    /// Packets handed to protocols.
    public final Counter inDelivers;
    /// Packets that protocols wanted to send.
    public final Counter outRequests;
    /// Good packets that could not be sent.
    public final Counter outDiscards;
    /// Packets without a route out.
    public final Counter outNoRoutes;
    /// Reassemblies that took too long.
    public final Counter reasmTimeout;
    /// Fragments that needed reassembly.
    public final Counter reasmRequired;
    /// Datagrams reassembled.
    public final Counter reasmOk;
    /// Reassemblies that failed.
    public final Counter reasmFails;
    /// Packets fragmented.
    public final Counter fragOk;
    /// Packets that must not be or could not be fragmented.
    public final Counter fragFails;
    /// Fragments made.
    public final Counter fragCreates;
    /// Packets fragmented by re-using the pieces that they consist of.
    public final Counter fragFastPath;
    /// Packets fragmented by copying.
    public final Counter fragSlowPath;
    /// Searches of the routing tables; cached routes need none.
    public final Counter routeLookups;
    /// Packets to forward without a route.
    public final Counter inNoRoutes;
    /// Packets shorter than their header says.
    public final Counter inTruncated;
    /// Packets with a bad header checksum.
    public final Counter inChecksumErrors;
    /// Bytes received.
    public final Counter inOctets;
    /// Bytes sent.
    public final Counter outOctets;
    /// Multicasts received.
    public final Counter inMulticast;
    /// Multicasts sent.
    public final Counter outMulticast;
    /// Broadcasts received.
    public final Counter inBroadcast;
    /// Broadcasts sent.
    public final Counter outBroadcast;
    /// Packets with addresses that cannot be there.
    public final Counter inMartians;

    /// Registers them.
    @Inject
    public IpCounters(Counters c) {
        inReceives = c.counter("Ip.InReceives");
        inHeaderErrors = c.counter("Ip.InHdrErrors");
        inAddressErrors = c.counter("Ip.InAddrErrors");
        forwarded = c.counter("Ip.ForwDatagrams");
        inUnknownProtocols = c.counter("Ip.InUnknownProtos");
        inDiscards = c.counter("Ip.InDiscards");
        inDelivers = c.counter("Ip.InDelivers");
        outRequests = c.counter("Ip.OutRequests");
        outDiscards = c.counter("Ip.OutDiscards");
        outNoRoutes = c.counter("Ip.OutNoRoutes");
        reasmTimeout = c.counter("Ip.ReasmTimeout");
        reasmRequired = c.counter("Ip.ReasmReqds");
        reasmOk = c.counter("Ip.ReasmOKs");
        reasmFails = c.counter("Ip.ReasmFails");
        fragOk = c.counter("Ip.FragOKs");
        fragFails = c.counter("Ip.FragFails");
        fragCreates = c.counter("Ip.FragCreates");
        fragFastPath = c.counter("Ip.FragFastPath");
        fragSlowPath = c.counter("Ip.FragSlowPath");
        routeLookups = c.counter("Ip.RouteLookups");
        inNoRoutes = c.counter("IpExt.InNoRoutes");
        inTruncated = c.counter("IpExt.InTruncatedPkts");
        inChecksumErrors = c.counter("IpExt.InCsumErrors");
        inOctets = c.counter("IpExt.InOctets");
        outOctets = c.counter("IpExt.OutOctets");
        inMulticast = c.counter("IpExt.InMcastPkts");
        outMulticast = c.counter("IpExt.OutMcastPkts");
        inBroadcast = c.counter("IpExt.InBcastPkts");
        outBroadcast = c.counter("IpExt.OutBcastPkts");
        inMartians = c.counter("IpExt.InMartians");
    }
}
