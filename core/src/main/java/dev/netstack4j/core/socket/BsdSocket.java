package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SocketType;

/// The third link of file, socket and sock: a protocol's sock with the operations that serve it.
@Linux("include/linux/net.h#socket")
final class BsdSocket {
    private final Sock sock;
    private final SockState state;
    private final ProtoOps ops;
    private volatile boolean closed; // written under ownership
    private volatile boolean listening; // written under ownership
    private volatile boolean connecting; // written under ownership

    /// @throws IllegalStateException when the protocol made the sock from a request that is not core's
    BsdSocket(Sock sock, ProtoOps ops) {
        if (!(sock.context() instanceof SockState own)) {
            throw new IllegalStateException(sock.getClass().getName() + " was not made from a request of SockFactory");
        }
        this.sock = sock;
        this.state = own;
        this.ops = ops;
    }

    Sock sock() {
        return sock;
    }

    SockState state() {
        return state;
    }

    ProtoOps ops() {
        return ops;
    }

    WaitQueue waitQueue() {
        return state.waitQueue();
    }

    boolean isStream() {
        return sock.type() == SocketType.STREAM;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /// Whether a connect is under way, or has ended and nobody was told.
    boolean isConnecting() {
        return connecting;
    }

    void connecting(boolean now) {
        connecting = now;
    }

    boolean isListening() {
        return listening;
    }

    void listening(boolean now) {
        listening = now;
    }
}
