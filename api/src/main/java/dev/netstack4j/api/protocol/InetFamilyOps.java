package dev.netstack4j.api.protocol;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSock;

/// What a transport needs of the network layer below it; one per address family and stack. TCP and UDP know no other
/// way down.
@ImplementedByExtensions
@Linux("include/net/inet_connection_sock.h#inet_connection_sock_af_ops")
public interface InetFamilyOps {
    /// Which family it is.
    AddressFamily family();

    /// Finds the route for a flow and fills in `flow.dst()` and, if it was open, `flow.source()`. Process or softirq
    /// context.
    ///
    /// @return 0 or a negative error: ENETUNREACH, EHOSTUNREACH, EACCES, EINVAL
    int routeOutput(Flow flow, Cpu cpu);

    /// Sends a segment of a connected socket along its cached route, looking the route up again when it has become
    /// invalid; takes the skb, transport header first and marked, with at least [#headroom()] before it. Never
    /// fragments.
    ///
    /// @return 0, a result of the device queue ([dev.netstack4j.api.qdisc.XmitResult]), or a negative error
    @Linux("net/ipv4/ip_output.c#ip_queue_xmit")
    int queueXmit(InetSock sock, SkBuff skb, Cpu cpu);

    /// Sends a datagram along a route that [#routeOutput] found; takes the skb as above. Fragments when the socket
    /// allows it.
    ///
    /// @return as [#queueXmit]; EMSGSIZE when it is too long and must not be fragmented
    @Linux("net/ipv4/ip_output.c#ip_send_skb")
    int send(InetSock sock, SkBuff skb, Flow flow, Cpu cpu);

    /// Answers a received packet without a socket (RST): from its destination to its source; takes `reply`, transport
    /// header first, checksum complete. `cause` stays with the caller.
    @Linux("net/ipv4/ip_output.c#ip_send_unicast_reply")
    int unicastReply(SkBuff cause, SkBuff reply, int protocol, Cpu cpu);

    /// Tells the sender of a received packet that it cannot be delivered, subject to rate limit and to the rules on
    /// what is never answered. The packet stays with the caller.
    ///
    /// @param kind what is unreachable
    void unreachable(SkBuff cause, Unreachable kind, Cpu cpu);

    /// The addresses and the traffic class of a packet whose network header is marked.
    void addresses(SkBuff skb, AddressPair into);

    /// Sum of both addresses, for a pseudo-header: folded, not complemented; protocol and length are the caller's to
    /// add.
    int addressSum(IpAddress source, IpAddress destination);

    /// The same from a packet whose network header is marked.
    int addressSum(SkBuff skb);

    /// Bytes that a transport leaves before its header for everything below.
    int headroom();

    /// Bytes of the network header that [#queueXmit] will write.
    int headerLength(InetSock sock);

    /// What an address means to this host.
    AddressType addressType(IpAddress address);

    /// What cannot be reached.
    enum Unreachable {
        /// No such port.
        PORT,
        /// No such protocol.
        PROTOCOL,
        /// Forbidden by a filter.
        PROHIBITED,
        /// The host: its neighbour entry failed.
        HOST
    }
}
