package dev.netstack4j.api.protocol;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// A protocol above IP; one per family, number and stack. It takes valid packets (PROTO-1), after bad ones as before
/// (PROTO-12) and several at a time (PROTO-10), and ends every packet with a reason (PROTO-2). It never throws,
/// whatever the bytes (PROTO-3), however early they end (PROTO-4), whichever of them are wrong (PROTO-5), and also when
/// memory is used up (PROTO-8). It never waits (PROTO-7). Time and chance come from what it injects (PROTO-11).
@ImplementedByExtensions
@Linux("include/net/protocol.h#net_protocol")
public interface NetProtocol {
    /// Takes a packet for this host: network header marked and pulled, transport header marked at the first byte.
    /// Nothing else needs to be linear (PROTO-9). Bytes that another packet shares must not be changed (PROTO-6).
    /// Softirq context.
    void receive(SkBuff skb, Cpu cpu);

    /// Finds the socket of a packet before routing and sets its cached route with `skb.dst(…)`. The packet stays with
    /// the caller; its transport header is not linear for sure. Softirq context.
    @Linux("net/ipv4/tcp_ipv4.c#tcp_v4_early_demux")
    default void earlyDemux(SkBuff skb, Cpu cpu) {}

    /// An ICMP error quotes a packet that this protocol sent. The skb stays with the caller: its network header is that
    /// of the quoted packet, its transport header is marked, and at least 8 bytes of it are linear; they may be any
    /// (PROTO-13). Softirq context.
    default void error(SkBuff quoted, InetError error, Cpu cpu) {}

    /// Whether packets need not pass the IPsec policy before this protocol, because it checks per socket.
    default boolean noPolicy() {
        return true;
    }

    /// Whether several stacks in one process may each have it. Assembly refuses a protocol that says no.
    default boolean netnsOk() {
        return true;
    }
}
