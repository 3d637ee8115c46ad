package dev.netstack4j.wire.stream;

import dev.netstack4j.api.hardware.FrameBatch;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A connected peer. The engine reads, whoever transmits writes under the wire's lock, the wire's thread ends it.
final class Peer {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Inbox inbox;
    private final Outbox outbox;
    private volatile boolean ended; // set by whoever notices

    Peer(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        inbox = new Inbox(channel);
        outbox = new Outbox(channel);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /// Frames that wait for the device; none when there are none, or the peer is at its end. Engine context.
    FrameBatch received() {
        try {
            FrameBatch batch = inbox.fill();
            if (batch.size() == 0) {
                if (inbox.hasEnded() || inbox.isMalformed()) {
                    end();
                } else {
                    await(SelectionKey.OP_READ);
                }
            }
            return batch;
        } catch (IOException e) {
            end();
            return new FrameBatch(0, 0);
        }
    }

    /// The device has taken the first frames of the last batch.
    void taken(int frames) {
        inbox.taken(frames);
    }

    /// Whether the peer sent what is no frame.
    boolean isMalformed() {
        return inbox.isMalformed();
    }

    /// Takes frames for the peer; what an ended one does not get is lost. Under the lock.
    int send(FrameBatch batch) {
        try {
            int taken = outbox.offer(batch);
            awaitRoom();
            return taken;
        } catch (IOException e) {
            end();
            return batch.size();
        }
    }

    /// Frames since the last call that were taken and cannot be carried. Under the lock.
    int takeLost() {
        return outbox.takeLost();
    }

    /// Writes what is left. Under the lock.
    ///
    /// @return whether nothing is left
    boolean flush() {
        try {
            boolean empty = outbox.isEmpty() || outbox.flush();
            awaitRoom();
            return empty;
        } catch (IOException e) {
            end();
            return true;
        }
    }

    private void awaitRoom() {
        if (!outbox.isEmpty()) {
            await(SelectionKey.OP_WRITE);
        }
    }

    /// The thread is to tell when this is possible.
    private void await(int operation) {
        try {
            if ((key.interestOpsOr(operation) & operation) == 0) {
                key.selector().wakeup();
            }
        } catch (CancelledKeyException e) {
            ended = true; // the thread was quicker
        }
    }

    /// The thread has told what is possible; it is not to tell again until asked.
    void found(int operations) {
        key.interestOpsAnd(~operations);
    }

    /// Nothing more can be said to it. Any context.
    private void end() {
        ended = true;
        key.selector().wakeup();
    }

    /// Whether its connection has ended.
    boolean hasEnded() {
        return ended;
    }

    /// Ends the connection. The thread.
    void close() {
        ended = true;
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(Peer.class.getName()).log(System.Logger.Level.DEBUG, "close a peer's connection", e);
        }
    }
}
