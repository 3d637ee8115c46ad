package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// How the state room changes the tables. Any context.
public interface DemuxPort {
    /// Puts a connection in the table.
    void insert(TcpSock sock, Cpu cpu);

    /// Puts a half-open connection in the table.
    void insert(RequestSock request, Cpu cpu);

    /// Takes an entry out; nothing happens when it is out already.
    void remove(@Nullable ConnectionEntry entry);

    /// Takes a connection out; nothing happens when it is out already.
    void remove(TcpSock sock);

    /// Takes what remains of a connection out, and gives its port back.
    void forget(TimeWaitSock remains);

    /// Puts what remains of a connection in its place. The port goes along.
    void timeWait(TcpSock sock, TimeWaitSock remains, Cpu cpu);

    /// Connections of which something remains.
    int timeWaits();

    /// Gives the port of a socket back, if it holds one.
    void release(TcpSock sock);

    /// Forgets the peer of a connection that is out of the table: the socket keeps what was bound.
    void disconnect(TcpSock sock);

    /// Lets a child hold its listener's port.
    void inherit(TcpSock listener, TcpSock child);

    /// Takes a listener out of the table of listeners.
    void removeListener(TcpSock listener);

    /// The entry that a received segment belongs to now, or null.
    @Nullable
    ConnectionEntry find(SkBuff skb, Cpu cpu);
}
