package dev.netstack4j.core.socket;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.ProtoOptions;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SockFactory;
import dev.netstack4j.api.socket.SockRequest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;

/// A protocol that only the tests know: pipes between sockets of one stack, by name, streams and datagrams.
final class PipeOps implements ProtoOps {
    static final int PIECE = 16 * 1024;

    private final SkBuffPool pool;
    private final SockFactory factory;
    private final Timers timers;
    private final DropReason full;
    private final DropReason closed;
    private final ConsumeReason read;
    final Map<String, PipeSock> bound = new TreeMap<>();
    int sends;
    int receives;
    int releases;
    int optionSet;
    String throwIn = "";

    @Inject
    PipeOps(SkBuffPool pool, SockFactory factory, Timers timers) {
        this.pool = pool;
        this.factory = factory;
        this.timers = timers;
        this.full = pool.ledger().drop("PIPE_FULL", "no room");
        this.closed = pool.ledger().drop("PIPE_CLOSED", "nobody reads it");
        this.read = pool.ledger().consume("PIPE_READ", "read");
    }

    private void maybeThrow(String call) {
        if (throwIn.equals(call)) {
            throw new IllegalStateException(call + " fails as asked");
        }
    }

    @Override
    public Sock create(SockRequest request) {
        maybeThrow("create");
        return new PipeSock(request);
    }

    @Override
    public int bind(Sock sock, SockAddress address, Cpu cpu) {
        PipeSock s = (PipeSock) sock;
        s.name = ((PipeAddress) address).name();
        return bound.putIfAbsent(s.name, s) == null ? 0 : Errno.EADDRINUSE.negative();
    }

    @Override
    public int listen(Sock sock, int backlog, Cpu cpu) {
        return sock.type() == 1 ? 0 : Errno.EOPNOTSUPP.negative();
    }

    @Override
    public int connect(Sock sock, SockAddress address, Cpu cpu) {
        PipeSock s = (PipeSock) sock;
        if (!(address instanceof PipeAddress to)) {
            return Errno.EAFNOSUPPORT.negative();
        }
        String name = to.name();
        if (s.connected) {
            return Errno.EISCONN.negative();
        }
        if (!s.wanted.isEmpty()) {
            return Errno.EALREADY.negative();
        }
        PipeSock listener = bound.get(name);
        if (listener == null) {
            return Errno.ECONNREFUSED.negative();
        }
        if (name.startsWith("never")) {
            s.wanted = name;
            return Errno.EINPROGRESS.negative();
        }
        if (name.startsWith("slow")) {
            s.wanted = name;
            s.connecting = timers.exact("connect", c -> later(s, listener, c));
            s.connecting.arm(cpu.nowNanos() + 1_000_000, cpu);
            return Errno.EINPROGRESS.negative();
        }
        join(s, listener, cpu);
        s.connected = true;
        return 0;
    }

    private void later(PipeSock s, PipeSock listener, Cpu cpu) {
        if (s.wanted.startsWith("slow-refused")) {
            s.error(Errno.ECONNREFUSED.code(), cpu);
            return;
        }
        join(s, listener, cpu);
        s.context().defer(PipeSock.CONNECTED, cpu);
    }

    private void join(PipeSock s, PipeSock listener, Cpu cpu) {
        if (listener.type() != 1) {
            s.peer = listener;
            return;
        }
        PipeSock child = new PipeSock(factory.child(listener));
        child.peer = s;
        child.connected = true;
        s.peer = child;
        listener.accepting.add(child);
        listener.dataReady(cpu);
    }

    @Override
    public Sock accept(Sock sock, Cpu cpu) {
        maybeThrow("accept");
        return ((PipeSock) sock).accepting.poll();
    }

    @Override
    public int sendmsg(Sock sock, Message message, int limit, Cpu cpu) {
        sends++;
        maybeThrow("sendmsg");
        PipeSock s = (PipeSock) sock;
        int error = s.takeError();
        if (error != 0) {
            return -error;
        }
        if ((s.shutdown() & Sock.SEND_SHUTDOWN) != 0) {
            return Errno.EPIPE.negative();
        }
        PipeSock to = s.peer;
        if (to == null) {
            return Errno.ENOTCONN.negative();
        }
        if (s.context().writeAllocated() >= s.settings().sendBuffer) {
            return Errno.EAGAIN.negative();
        }
        int n = (int) Math.min(Math.min(limit, PIECE), message.remaining());
        SkBuff skb = pool.alloc(Math.max(1, n), cpu);
        if (skb == null) {
            return s.context().writeAllocated() > 0 ? Errno.EAGAIN.negative() : Errno.ENOBUFS.negative();
        }
        message.copyTo(skb.memory(), skb.addressOf(skb.put(n)), n);
        s.context().ownerWrite(skb);
        deliver(to, skb, cpu);
        return n;
    }

    private void deliver(PipeSock to, SkBuff skb, Cpu cpu) {
        if (to.isOrphaned()) {
            skb.drop(closed, cpu);
        } else if (to.context().tryOwn(cpu)) {
            to.take(skb, cpu);
            to.context().release(cpu);
        } else if (!to.context().backlog(skb, cpu)) {
            skb.drop(full, cpu);
        }
    }

    @Override
    public int recvmsg(Sock sock, Message message, int limit, Cpu cpu) {
        receives++;
        maybeThrow("recvmsg");
        int error = sock.takeError();
        if (error != 0) {
            return -error;
        }
        SkBuff skb = sock.receiveQueue().peek();
        if (skb == null) {
            return (sock.shutdown() & Sock.RCV_SHUTDOWN) != 0 ? 0 : Errno.EAGAIN.negative();
        }
        int n = message.copyFrom(skb, 0, Math.min(limit, skb.length()));
        if (!message.has(MessageFlags.PEEK)) {
            taken(sock, skb, n, cpu);
        }
        return n;
    }

    private void taken(Sock sock, SkBuff skb, int n, Cpu cpu) {
        if (sock.type() == 1 && n < skb.length()) {
            skb.pull(n);
        } else {
            sock.receiveQueue().unlink(skb);
            skb.consume(read, cpu);
        }
    }

    @Override
    public int poll(Sock sock) {
        maybeThrow("poll");
        PipeSock s = (PipeSock) sock;
        boolean in = !s.receiveQueue().isEmpty() || !s.accepting.isEmpty() || (s.shutdown() & Sock.RCV_SHUTDOWN) != 0;
        boolean out = s.peer != null && s.context().writeAllocated() < s.settings().sendBuffer;
        return (in ? PollEvents.IN : 0)
                | (out ? PollEvents.OUT : 0)
                | (s.error() != 0 ? PollEvents.ERR : 0)
                | (s.shutdown() == Sock.SHUTDOWN_MASK ? PollEvents.HUP : 0);
    }

    @Override
    public int shutdown(Sock sock, int how, Cpu cpu) {
        PipeSock s = (PipeSock) sock;
        s.addShutdown(how == 2 ? Sock.SHUTDOWN_MASK : how == 1 ? Sock.SEND_SHUTDOWN : Sock.RCV_SHUTDOWN);
        s.stateChange(cpu);
        if (how > 0 && s.peer != null) {
            s.peer.context().defer(PipeSock.PEER_ENDED, cpu);
        }
        return 0;
    }

    @Override
    public void release(Sock sock, Cpu cpu) {
        releases++;
        PipeSock s = (PipeSock) sock;
        bound.remove(s.name, s);
        s.receiveQueue().dropAll(closed, cpu);
        if (s.peer != null) {
            s.peer.context().defer(PipeSock.PEER_ENDED, cpu);
        }
    }

    @Override
    public SockAddress name(Sock sock, boolean peer) {
        return peer ? null : new PipeAddress(((PipeSock) sock).name);
    }

    @Override
    public ProtoOptions options() {
        return new ProtoOptions() {
            @Override
            public int set(Sock sock, int level, int name, OptionValue value, Cpu cpu) {
                optionSet = (int) value.number();
                return 0;
            }

            @Override
            public void socketOptionSet(Sock sock, int name, Cpu cpu) {
                optionSet = -name;
            }
        };
    }
}
