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

    /// Puts what remains of a connection in its place. The port goes along.
    void timeWait(TcpSock sock, TimeWaitSock remains, Cpu cpu);

    /// Gives a port back.
    void release(@Nullable PortHold hold);

    /// Lets a child hold its listener's port.
    PortHold inherit(TcpSock listener, TcpSock child);

    /// Takes a listener out of the table of listeners.
    void removeListener(TcpSock listener);

    /// The entry that a received segment belongs to now, or null.
    @Nullable
    ConnectionEntry find(SkBuff skb, Cpu cpu);
}
