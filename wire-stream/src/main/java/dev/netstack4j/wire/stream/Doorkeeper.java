package dev.netstack4j.wire.stream;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// The thread of a wire: waits for its sockets, takes the next peer when there is none, and ends one that has ended.
final class Doorkeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Doorkeeper.class.getName());

    private final Endpoint endpoint;
    private final Events events;
    private final Selector selector;
    private final @Nullable SelectionKey door;
    private volatile @Nullable Peer peer; // written by the thread
    private volatile boolean closing;

    /// What the wire is told. The thread, which must not be held up.
    interface Events {
        /// A peer has come.
        void peerCame();

        /// The peer's connection has ended.
        void peerLeft(Peer gone);

        /// The peer has sent something, or takes more.
        void ready();
    }

    Doorkeeper(Endpoint endpoint, Events events) throws IOException {
        this.endpoint = endpoint;
        this.events = events;
        selector = Selector.open();
        ServerSocketChannel server = endpoint.server();
        door = server == null ? null : server.register(selector, SelectionKey.OP_ACCEPT);
        SocketChannel connected = endpoint.connected();
        peer = connected == null ? null : new Peer(connected, selector);
    }

    /// The peer, or null when there is none.
    @Nullable
    Peer peer() {
        Peer p = peer;
        return p == null || p.hasEnded() ? null : p;
    }

    /// Waits until closed.
    void run() {
        while (!closing) {
            try {
                selector.select(this::found);
                forgetEnded();
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "the socket " + endpoint.path() + " cannot be waited for", e);
                return;
            }
        }
    }

    private void found(SelectionKey key) {
        if (key.isValid() && key.attachment() instanceof Peer p) {
            p.found(key.readyOps());
            events.ready();
        } else if (key.isValid() && key.isAcceptable()) {
            accept();
        }
    }

    private void accept() {
        try {
            ServerSocketChannel server = endpoint.server();
            SocketChannel channel = server == null ? null : server.accept();
            if (channel != null) {
                welcome(channel);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "no peer can be taken on " + endpoint.path(), e);
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        listen(false);
        peer = new Peer(channel, selector);
        events.peerCame();
    }

    private void forgetEnded() {
        Peer p = peer;
        if (p != null && p.hasEnded()) {
            p.close();
            peer = null;
            events.peerLeft(p);
            listen(true);
        }
    }

    /// Others wait in the socket's backlog while a peer is there.
    private void listen(boolean wanted) {
        if (door != null) {
            door.interestOps(wanted ? SelectionKey.OP_ACCEPT : 0);
        }
    }

    /// Makes [#run] return.
    void stop() {
        closing = true;
        selector.wakeup();
    }

    /// Closes the sockets. After [#run] has returned.
    @Override
    public void close() throws IOException {
        Peer p = peer;
        if (p != null) {
            p.close();
        }
        endpoint.close();
        selector.close();
    }
}
