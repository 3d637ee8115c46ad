package dev.netstack4j.systemtests.kits.socket;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SockFactory;
import dev.netstack4j.api.socket.SockRequest;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Reference streams between two sockets of a host; connecting takes a millisecond. Right without a defect.
final class RefStreamOps implements ProtoOps {
    private static final int PIECE = 4096;
    private static final long MILLISECOND = 1_000_000;

    private final RefPart part;
    private final SkBuffPool pool;
    private final SockFactory factory;
    private final Timers timers;

    @Inject
    RefStreamOps(RefPart part, SkBuffPool pool, SockFactory factory, Timers timers) {
        this.part = part;
        this.pool = pool;
        this.factory = factory;
        this.timers = timers;
    }

    @Override
    public Sock create(SockRequest request) {
        return new RefSock(request, part, this);
    }

    // ---- connecting

    @Override
    public int bind(Sock sock, SockAddress address, Cpu cpu) {
        return part.bind((RefSock) sock, address);
    }

    @Override
    public int listen(Sock sock, int backlog, Cpu cpu) {
        RefSock s = (RefSock) sock;
        if (s.port == 0 || s.peerPort != 0 || s.connecting) {
            return Errno.EINVAL.negative();
        }
        s.backlog = Math.max(0, backlog);
        return 0;
    }

    @Override
    public int connect(Sock sock, SockAddress address, Cpu cpu) {
        int foreign = RefPart.foreign(address);
        RefSock s = (RefSock) sock;
        if (foreign != 0) {
            return foreign;
        }
        if (s.backlog >= 0 || s.peerPort != 0 || s.connecting) {
            return (s.connecting ? Errno.EALREADY : Errno.EISCONN).negative();
        }
        if (s.port == 0) {
            part.bindAny(s);
        }
        s.connecting = true;
        s.peerPort = ((RefAddress) address).port();
        timers.exact("connect", c -> s.context().defer(RefSock.CONNECT_DUE, c)).arm(cpu.nowNanos() + MILLISECOND, cpu);
        return Errno.EINPROGRESS.negative();
    }

    /// A millisecond after `connect`, under the client's ownership.
    void finish(RefSock client, Cpu cpu) {
        if (client.closed || !client.connecting) {
            return;
        }
        RefSock listener = part.find(true, client.peerPort);
        boolean joined = listener != null && listener.context().tryOwn(cpu);
        if (joined) {
            joined = join(client, listener, cpu);
            listener.context().release(cpu);
        }
        if (!joined && part.is(Defect.WAITS_FOR_NOBODY)) {
            return;
        }
        client.connecting = false;
        if (!joined) {
            client.peerPort = 0;
            client.error(Errno.ECONNREFUSED.code(), cpu);
        } else if (!part.is(Defect.WAKES_NO_CONNECT)) {
            client.stateChange(cpu);
        }
    }

    private boolean join(RefSock client, RefSock listener, Cpu cpu) {
        int most = listener.backlog + (part.is(Defect.ONE_TOO_MANY) ? 1 : 0);
        if (listener.backlog < 0 || listener.closed || listener.waiting.size() > most) {
            return false;
        }
        RefSock child = new RefSock(factory.child(listener), part, this);
        child.port = listener.port;
        child.peerPort = client.port;
        child.peer = client;
        client.peer = child;
        listener.waiting.add(child);
        if (!part.is(Defect.WAKES_NO_ACCEPT)) {
            listener.dataReady(cpu);
        }
        return true;
    }

    @Override
    public @Nullable Sock accept(Sock sock, Cpu cpu) {
        RefSock s = (RefSock) sock;
        return part.is(Defect.ACCEPTS_NEWEST) ? s.waiting.pollLast() : s.waiting.pollFirst();
    }

    // ---- data

    private boolean hasRoom(RefSock s) {
        RefSock peer = s.peer;
        return part.is(Defect.NO_SEND_LIMIT)
                || s.context().writeAllocated() < s.settings().sendBuffer
                        && (peer == null || peer.context().readAllocated() < peer.settings().receiveBuffer / 2);
    }

    @Override
    public int sendmsg(Sock sock, Message message, int limit, Cpu cpu) {
        RefSock s = (RefSock) sock;
        if (s.connecting) {
            return Errno.EAGAIN.negative();
        }
        int error = part.takeError(s);
        RefSock peer = s.peer;
        if (error != 0 || peer == null) {
            return error != 0 ? -error : Errno.ENOTCONN.negative();
        }
        boolean ended = (s.shutdown() & Sock.SEND_SHUTDOWN) != 0 && !part.is(Defect.SENDS_AFTER_SHUTDOWN);
        if (ended || peer.closed) {
            return Errno.EPIPE.negative();
        }
        if (!hasRoom(s)) {
            return Errno.EAGAIN.negative();
        }
        int n = (int) Math.min(Math.min(limit, PIECE), message.remaining());
        SkBuff skb = n == 0 ? null : pool.alloc(n, cpu);
        if (skb == null) {
            return n == 0 ? 0 : Errno.ENOBUFS.negative();
        }
        message.copyTo(skb.memory(), skb.addressOf(skb.put(n)), n);
        s.context().ownerWrite(skb);
        peer.deliver(skb, cpu);
        return n;
    }

    @Override
    public int recvmsg(Sock sock, Message message, int limit, Cpu cpu) {
        RefSock s = (RefSock) sock;
        int most = part.is(Defect.IGNORES_LIMIT) ? Integer.MAX_VALUE : limit;
        int moved = 0;
        boolean early = part.is(Defect.ENDS_EARLY) && s.peerEnded;
        for (SkBuff skb = s.receiveQueue().peek();
                skb != null && !early && moved < most && message.remaining() > 0;
                skb = RefPart.peeks(message) ? null : s.receiveQueue().peek()) {
            int n = message.copyFrom(skb, 0, Math.min(most - moved, skb.length()));
            moved += n;
            if (!RefPart.peeks(message)) {
                take(s, skb, n, cpu);
            }
        }
        int error = moved == 0 ? part.takeError(s) : 0;
        return moved > 0 || message.remaining() == 0 ? moved : error != 0 ? -error : nothing(s);
    }

    private int nothing(RefSock s) {
        boolean open = s.peer != null || s.shutdown() != 0;
        return open || s.connecting ? part.nothing(s) : Errno.ENOTCONN.negative();
    }

    private void take(RefSock s, SkBuff skb, int n, Cpu cpu) {
        if (n < skb.length()) {
            skb.pull(n);
            return;
        }
        s.receiveQueue().unlink(skb);
        skb.consume(part.read, cpu);
        RefSock peer = s.peer;
        if (peer != null && hasRoom(peer) && !part.is(Defect.WAKES_NO_WRITER)) {
            peer.writeSpace(cpu);
        }
    }

    @Override
    public int poll(Sock sock) {
        RefSock s = (RefSock) sock;
        boolean client = !s.waiting.isEmpty() && !part.is(Defect.HIDES_CLIENTS);
        boolean sends = !s.connecting && s.peer != null && hasRoom(s);
        return part.poll(s, client || !s.receiveQueue().isEmpty(), sends);
    }

    // ---- ends

    @Override
    public int shutdown(Sock sock, int how, Cpu cpu) {
        RefSock s = (RefSock) sock;
        if (s.peer == null) {
            return Errno.ENOTCONN.negative();
        }
        s.addShutdown(how == 2 ? Sock.SHUTDOWN_MASK : how + 1);
        s.stateChange(cpu);
        if (how > 0) {
            endPeer(s, cpu);
        }
        return 0;
    }

    private static void endPeer(RefSock s, Cpu cpu) {
        RefSock peer = s.peer;
        if (peer != null) {
            peer.context().defer(RefSock.PEER_ENDED, cpu);
        }
    }

    @Override
    public void release(Sock sock, Cpu cpu) {
        RefSock s = (RefSock) sock;
        part.release(s, cpu);
        endPeer(s, cpu);
        for (RefSock child = s.waiting.poll(); child != null; child = s.waiting.poll()) {
            if (!part.is(Defect.FORGETS_CLIENTS)) {
                part.release(child, cpu);
                endPeer(child, cpu);
            }
        }
    }

    @Override
    public @Nullable SockAddress name(Sock sock, boolean peer) {
        RefSock s = (RefSock) sock;
        return peer && s.peer == null ? null : part.name(s, peer);
    }
}
