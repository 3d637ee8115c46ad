package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.api.socket.SocketType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A socket of either reference family.
final class RefSock extends Sock {
    static final int PEER_ENDED = 1;
    static final int CONNECT_DUE = 2;

    final Deque<RefSock> waiting = new ArrayDeque<>();
    volatile boolean closed;
    volatile @Nullable RefSock peer;
    volatile boolean peerEnded;
    int backlog = -1;
    int port;
    int peerPort;
    boolean connecting;
    volatile @Nullable SkBuff lookedAt;
    private final RefPart part;
    private final @Nullable RefStreamOps streams;
    private int taken;

    RefSock(SockRequest request, RefPart part, @Nullable RefStreamOps streams) {
        super(request);
        this.part = part;
        this.streams = streams;
    }

    boolean isStream() {
        return type() == SocketType.STREAM;
    }

    /// Takes a message for its reader, or leaves it to the owner.
    void deliver(SkBuff skb, Cpu cpu) {
        if (part.is(Defect.IGNORES_THE_OWNER)) {
            backlogReceive(skb, cpu);
        } else if (context().tryOwn(cpu)) {
            backlogReceive(skb, cpu);
            context().release(cpu);
        } else if (part.is(Defect.DROPS_FOR_THE_OWNER) || !context().backlog(skb, cpu)) {
            skb.drop(part.full, cpu);
        }
    }

    private boolean loses() {
        boolean ninth = part.is(Defect.LOSES) && ++taken % 9 == 0;
        return ninth
                || part.is(Defect.REAL_CHANCE) && ThreadLocalRandom.current().nextInt(3) == 0;
    }

    private boolean isFull() {
        return context().readAllocated() > settings().receiveBuffer && !part.is(Defect.NO_RECEIVE_LIMIT);
    }

    @Override
    public void backlogReceive(SkBuff skb, Cpu cpu) {
        boolean noReader = closed || !isStream() && (shutdown() & RCV_SHUTDOWN) != 0;
        if (noReader || isFull() || loses()) {
            skb.drop(noReader ? part.closed : part.full, cpu);
            return;
        }
        skb.orphan(cpu);
        if (!part.is(Defect.READS_FREE)) {
            context().ownerRead(skb);
        }
        if (part.is(Defect.REVERSES)) {
            receiveQueue().addHead(skb);
        } else {
            receiveQueue().addTail(skb);
        }
        if (!part.is(Defect.WAKES_NO_READER)) {
            dataReady(cpu);
        }
    }

    @Override
    public void deferred(int bits, Cpu cpu) {
        RefStreamOps ops = streams;
        if (ops != null && (bits & CONNECT_DUE) != 0) {
            ops.finish(this, cpu);
        }
        if ((bits & PEER_ENDED) != 0) {
            peerEnded = true;
            addShutdown(RCV_SHUTDOWN);
            if (!part.is(Defect.WAKES_NO_READER_AT_END)) {
                stateChange(cpu);
            }
        }
    }
}
