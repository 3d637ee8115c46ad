package dev.netstack4j.cli.services;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.socket.SystemCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Listens on one TCP port and holds a [Conversation] with each peer, on a thread each.
public final class StreamService implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final long STEP_NANOS = 5_000_000;
    private static final long PAUSE_AFTER_FAILURE = 10_000_000;

    private final String name;
    private final SystemCalls calls;
    private final StackRuntime runtime;
    private final Threads threads;
    private final Conversation conversation;
    private final StreamServer server;
    private final List<Peer> peers = new ArrayList<>(); // guarded by itself
    private volatile boolean closed;
    private long served;

    private StreamService(
            String name,
            SystemCalls calls,
            StackRuntime runtime,
            Threads threads,
            Conversation conversation,
            StreamServer server) {
        this.name = name;
        this.calls = calls;
        this.runtime = runtime;
        this.threads = threads;
        this.conversation = conversation;
        this.server = server;
    }

    /// Begins to listen.
    ///
    /// @throws NetException when the port cannot be had
    public static StreamService start(
            String name,
            SystemCalls calls,
            InetSockAddress at,
            StackRuntime runtime,
            Threads threads,
            Conversation conversation)
            throws NetException {
        StreamServer server = StreamServer.listen(calls, at, BACKLOG);
        StreamService service = new StreamService(name, calls, runtime, threads, conversation, server);
        threads.start(name, service::accept);
        return service;
    }

    private void accept() {
        while (!closed) {
            try {
                StreamSocket socket = server.accept();
                Peer peer = new Peer(calls, socket);
                if (add(peer)) {
                    threads.start(name + " " + socket.remote(), () -> serve(peer));
                } else {
                    socket.close();
                }
            } catch (NetException e) {
                // Out of descriptors or memory, or the peer is gone again.
                if (!closed) {
                    runtime.pause(PAUSE_AFTER_FAILURE);
                }
            }
        }
    }

    private boolean add(Peer peer) {
        synchronized (peers) {
            if (!closed) {
                peers.add(peer);
                served++;
            }
            return !closed;
        }
    }

    private void serve(Peer peer) {
        try {
            conversation.serve(peer);
            peer.socket().shutdownOutput();
        } catch (IOException e) {
            System.getLogger(StreamService.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0}: connection ended: {1}", name, e.getMessage());
        } finally {
            peer.close();
            synchronized (peers) {
                peers.remove(peer);
            }
        }
    }

    /// Connections that are open now.
    public int open() {
        synchronized (peers) {
            return peers.size();
        }
    }

    /// Connections taken so far.
    public long served() {
        synchronized (peers) {
            return served;
        }
    }

    /// The port that it listens on.
    public int port() {
        return server.port();
    }

    /// Takes no more connections and asks those that are open to end.
    public void end() {
        closed = true;
        server.close();
        for (Peer p : snapshot()) {
            p.end();
        }
    }

    /// Waits until all conversations have ended.
    ///
    /// @return whether they have within that time
    public boolean awaitEnd(long nanos) {
        long deadline = runtime.clock().nanos() + nanos;
        while (open() > 0 && runtime.clock().nanos() < deadline) {
            runtime.pause(STEP_NANOS);
        }
        return open() == 0;
    }

    /// Ends at once; connections that are open are closed.
    @Override
    public void close() {
        end();
        for (Peer p : snapshot()) {
            p.close();
        }
    }

    private List<Peer> snapshot() {
        synchronized (peers) {
            return List.copyOf(peers);
        }
    }
}
