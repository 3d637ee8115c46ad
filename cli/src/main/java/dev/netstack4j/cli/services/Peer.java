package dev.netstack4j.cli.services;

import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.socket.SystemCalls;

/// The other end of a connection.
public final class Peer {
    private final SystemCalls calls;
    private final StreamSocket socket;
    private volatile boolean ending;
    private boolean closed;

    Peer(SystemCalls calls, StreamSocket socket) {
        this.calls = calls;
        this.socket = socket;
    }

    /// The connection.
    public StreamSocket socket() {
        return socket;
    }

    /// The socket calls that it is made of.
    public SystemCalls calls() {
        return calls;
    }

    /// Whether the service is about to end: finish what was begun and return.
    public boolean isEnding() {
        return ending;
    }

    /// Asks it to end: who reads gets the end of the stream.
    synchronized void end() {
        ending = true;
        if (!closed) {
            calls.shutdown(socket.fd(), 0);
        }
    }

    /// Closes the connection. Never at the same time as [#end]: the descriptor could be another socket's by then.
    synchronized void close() {
        closed = true;
        socket.close();
    }
}
