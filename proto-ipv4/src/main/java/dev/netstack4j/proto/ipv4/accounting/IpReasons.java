package dev.netstack4j.proto.ipv4.accounting;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import jakarta.inject.Inject;

/// Why IPv4 ends packets: one reason per cause.
public final class IpReasons {
    /// Shorter than a header.
    public final DropReason shortHeader;
    /// Not version 4.
    public final DropReason version;
    /// Header length below 20 bytes.
    public final DropReason headerLength;
    /// Total length below the header's.
    public final DropReason length;
    /// Fewer bytes than the total length says.
    public final DropReason truncated;
    /// Header checksum wrong.
    public final DropReason checksum;
    /// The frame was for another station.
    public final DropReason otherHost;
    /// Options malformed.
    public final DropReason options;
    /// A source route, which is not accepted.
    public final DropReason sourceRoute;
    /// A source address that cannot be.
    public final DropReason martianSource;
    /// A destination address that cannot be.
    public final DropReason martianDestination;
    /// The reverse path leads elsewhere.
    public final DropReason reversePath;
    /// For somebody else, and this host does not forward.
    public final DropReason notLocal;
    /// No route.
    public final DropReason noRoute;
    /// A multicast group that nobody here joined.
    public final DropReason noGroup;
    /// Time to live used up.
    public final DropReason ttl;
    /// Too long, and must not be fragmented.
    public final DropReason tooBig;
    /// No protocol for it.
    public final DropReason noProtocol;
    /// A policy refuses it.
    public final DropReason policy;
    /// No memory.
    public final DropReason noMemory;
    /// No neighbour entry to be had.
    public final DropReason noNeighbour;
    /// The route's device is down.
    public final DropReason deviceDown;
    /// Fragment beyond the longest packet, or of a length that cannot be.
    public final DropReason fragmentBad;
    /// Fragment that is there already.
    public final DropReason fragmentDuplicate;
    /// Fragments overlap.
    public final DropReason fragmentOverlap;
    /// Not all fragments came in time.
    public final DropReason fragmentTimeout;
    /// Fragments dropped to keep within memory.
    public final DropReason fragmentEvicted;
    /// Too many other fragments of the sender came in between.
    public final DropReason fragmentDistance;
    /// Another fragment of the same packet could not be sent.
    public final DropReason fragmentRest;
    /// The stack was stopped.
    public final DropReason stopped;
    /// ICMP message shorter than a header.
    public final DropReason icmpShort;
    /// ICMP checksum wrong.
    public final DropReason icmpChecksum;
    /// ICMP type that is not handled.
    public final DropReason icmpType;
    /// ICMP echo that settings say to ignore.
    public final DropReason icmpIgnored;
    /// ICMP answer held back by the rate limit.
    public final DropReason icmpLimited;
    /// ICMP error whose quotation is not of a packet of ours.
    public final DropReason icmpQuote;
    /// A raw or ping socket's receive buffer is full.
    public final DropReason socketFull;
    /// The socket was closed.
    public final DropReason socketClosed;

    /// Ended as an answer was made of it or it was answered.
    public final ConsumeReason icmpHandled;
    /// Read by a socket.
    public final ConsumeReason socketRead;
    /// Its bytes are in a reassembled datagram.
    public final ConsumeReason reassembled;
    /// Its bytes are in fragments.
    public final ConsumeReason fragmented;
    /// Raw sockets had it and no protocol wanted it.
    public final ConsumeReason rawOnly;

    /// Declares them.
    @Inject
    public IpReasons(PacketReasons r) {
        shortHeader = r.drop("IP_SHORT", "shorter than an IPv4 header");
        version = r.drop("IP_VERSION", "IP version is not 4");
        headerLength = r.drop("IP_IHL", "IPv4 header length below 20");
        length = r.drop("IP_LENGTH", "IPv4 total length below the header's length");
        truncated = r.drop("IP_TRUNCATED", "fewer bytes than the IPv4 total length");
        checksum = r.drop("IP_CSUM", "IPv4 header checksum is wrong");
        otherHost = r.drop("IP_OTHERHOST", "the frame was for another station");
        options = r.drop("IP_OPTIONS", "IPv4 options are malformed");
        sourceRoute = r.drop("IP_SOURCE_ROUTE", "source routes are not accepted");
        martianSource = r.drop("IP_MARTIAN_SOURCE", "a source address that cannot be");
        martianDestination = r.drop("IP_MARTIAN_DESTINATION", "a destination address that cannot be");
        reversePath = r.drop("IP_RPFILTER", "the way back to the source leads elsewhere");
        notLocal = r.drop("IP_NOT_LOCAL", "for another host, and forwarding is off");
        noRoute = r.drop("IP_NO_ROUTE", "there is no route");
        noGroup = r.drop("IP_NO_GROUP", "a multicast group that nobody here joined");
        ttl = r.drop("IP_TTL", "time to live is used up");
        tooBig = r.drop("IP_TOO_BIG", "longer than the path allows, and must not be fragmented");
        noProtocol = r.drop("IP_NO_PROTOCOL", "no protocol takes it");
        policy = r.drop("IP_POLICY", "a policy refuses it");
        noMemory = r.drop("IP_NO_MEMORY", "no memory for a packet");
        noNeighbour = r.drop("IP_NO_NEIGHBOUR", "the neighbour table is full");
        deviceDown = r.drop("IP_DEVICE_DOWN", "the device is down");
        fragmentBad = r.drop("IP_FRAG_BAD", "a fragment that cannot be");
        fragmentDuplicate = r.drop("IP_FRAG_DUPLICATE", "the fragment is there already");
        fragmentOverlap = r.drop("IP_FRAG_OVERLAP", "fragments overlap");
        fragmentTimeout = r.drop("IP_FRAG_TIMEOUT", "not all fragments came in time");
        fragmentEvicted = r.drop("IP_FRAG_EVICTED", "fragments gave way to keep within memory");
        fragmentDistance = r.drop("IP_FRAG_DISTANCE", "too many other fragments came in between");
        fragmentRest = r.drop("IP_FRAG_REST", "another fragment of the packet could not be sent");
        stopped = r.drop("IP_STOPPED", "the stack was stopped");
        icmpShort = r.drop("ICMP_SHORT", "shorter than an ICMP header");
        icmpChecksum = r.drop("ICMP_CSUM", "ICMP checksum is wrong");
        icmpType = r.drop("ICMP_TYPE", "ICMP type that is not handled");
        icmpIgnored = r.drop("ICMP_IGNORED", "settings say to ignore it");
        icmpLimited = r.drop("ICMP_RATELIMIT", "the answer was held back by the rate limit");
        icmpQuote = r.drop("ICMP_QUOTE", "quotes no packet of this host");
        socketFull = r.drop("RAW_RCVBUF_FULL", "the receive buffer of a raw or ping socket is full");
        socketClosed = r.drop("RAW_CLOSED", "the raw or ping socket was closed");
        icmpHandled = r.consume("ICMP_HANDLED", "handled by ICMP");
        socketRead = r.consume("RAW_READ", "read from a raw or ping socket");
        reassembled = r.consume("IP_REASSEMBLED", "became part of a reassembled datagram");
        fragmented = r.consume("IP_FRAGMENTED", "was cut into fragments");
        rawOnly = r.consume("IP_RAW_ONLY", "only raw sockets took it");
    }
}
