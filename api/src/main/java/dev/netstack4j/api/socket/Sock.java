package dev.netstack4j.api.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// A socket as protocols extend it. Everything here is guarded by the socket's ownership ([SockContext#tryOwn]), unless
/// said otherwise.
@Linux("include/net/sock.h#sock")
public abstract class Sock {
    /// Bit of [#shutdown()]: nothing more will be received.
    public static final int RCV_SHUTDOWN = 1;
    /// Bit of [#shutdown()]: nothing more will be sent.
    public static final int SEND_SHUTDOWN = 2;
    /// Both.
    public static final int SHUTDOWN_MASK = 3;

    private final SockContext context;
    private final AddressFamily family;
    private final int type;
    private final int protocol;
    private final SockSettings settings;
    private final SkBuffQueue receiveQueue = new SkBuffQueue();
    private volatile int error;
    private volatile int shutdown;
    private boolean orphaned;

    /// @param request what core hands to [ProtoOps#create]
    @SuppressWarnings("this-escape") // the context only keeps the reference: nothing finds the socket before it is made
    protected Sock(SockRequest request) {
        this.context = request.context();
        this.family = request.family();
        this.type = request.type();
        this.protocol = request.protocol();
        this.settings = request.settings();
        context.attach(this);
    }

    /// Ownership, waiting and memory.
    public final SockContext context() {
        return context;
    }

    /// Address family.
    public final AddressFamily family() {
        return family;
    }

    /// [SocketType].
    public final int type() {
        return type;
    }

    /// Protocol number.
    public final int protocol() {
        return protocol;
    }

    /// Options of level SOL_SOCKET.
    public final SockSettings settings() {
        return settings;
    }

    /// Packets for the reader, each charged to the receive side while it lies here (SOCK-23). What does not fit the
    /// receive buffer is not taken (SOCK-25).
    public final SkBuffQueue receiveQueue() {
        return receiveQueue;
    }

    /// The pending error, positive; 0 for none. Any context.
    public final int error() {
        return error;
    }

    /// Sets the pending error and wakes everybody.
    public final void error(int errno, Cpu cpu) {
        error = errno;
        context.wake(PollEvents.ERR | PollEvents.IN | PollEvents.OUT, cpu);
    }

    /// Takes the pending error: positive, 0 for none.
    public final int takeError() {
        int e = error;
        if (e != 0) {
            error = 0;
        }
        return e;
    }

    /// [#RCV_SHUTDOWN] and [#SEND_SHUTDOWN]. Any context.
    public final int shutdown() {
        return shutdown;
    }

    /// Adds shutdown bits.
    public final void addShutdown(int bits) {
        shutdown |= bits;
    }

    /// Clears [#shutdown()]: the connection was taken apart, and the socket is to be used again.
    @Linux("net/ipv4/tcp.c#tcp_disconnect")
    public final void reopen() {
        shutdown = 0;
    }

    /// Whether no descriptor leads to it any more.
    public final boolean isOrphaned() {
        return orphaned;
    }

    /// The descriptor was closed. Called by core.
    public final void orphan() {
        orphaned = true;
    }

    /// Data, a connection or the end of the stream arrived: wakes who waits to read (SOCK-27).
    @Linux("net/core/sock.c#sock_def_readable")
    public final void dataReady(Cpu cpu) {
        context.wake(PollEvents.IN, cpu);
    }

    /// There is room to write: wakes who waits for it (SOCK-28).
    @Linux("net/core/sock.c#sock_def_write_space")
    public final void writeSpace(Cpu cpu) {
        context.wake(PollEvents.OUT, cpu);
    }

    /// The state changed (connected, closed).
    public final void stateChange(Cpu cpu) {
        context.wake(PollEvents.IN | PollEvents.OUT | PollEvents.HUP, cpu);
    }

    /// Takes a packet that came while the socket was owned; called under ownership when it is released.
    @Linux("include/net/sock.h#sk_backlog_rcv")
    public abstract void backlogReceive(SkBuff skb, Cpu cpu);

    /// Acts on bits left by [SockContext#defer]; called under ownership when it is released.
    @Linux("include/net/sock.h#sk_prot_release_cb")
    public void deferred(int bits, Cpu cpu) {}

    /// Called when a packet charged to the send side was freed: tells writers if there is room. Any context, not under
    /// ownership.
    public void writeMemoryFreed(Cpu cpu) {
        if (context.writeAllocated() * 2L <= settings.sendBuffer) {
            writeSpace(cpu);
        }
    }
}
