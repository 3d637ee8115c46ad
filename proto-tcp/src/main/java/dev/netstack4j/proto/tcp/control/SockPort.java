package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.runtime.Cpu;

/// What a socket calls when core tells it something. Implemented by later rooms.
public interface SockPort {
    /// A segment from the backlog. Under ownership; takes the skb.
    void receive(TcpSock sock, SkBuff skb, Cpu cpu);

    /// Deferred bits of [TimerVars]. Under ownership.
    void deferred(TcpSock sock, int bits, Cpu cpu);

    /// Sent memory was freed while the socket was throttled. Any context, not under ownership.
    void unthrottle(TcpSock sock, Cpu cpu);

    /// Whether all sockets together hold so much that each has to be modest. Any context.
    default boolean underPressure() {
        return false;
    }

    /// Who hears what is unusual.
    EventPort events();
}
