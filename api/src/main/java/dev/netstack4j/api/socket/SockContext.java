package dev.netstack4j.api.socket;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.WaitQueue;
import org.jspecify.annotations.Nullable;

/// What core keeps for one socket: who owns it, who waits for it, and what memory is charged to it.
@ProvidedByCore
@Linux("net/core/sock.c#lock_sock_nested")
public interface SockContext {
    /// Joins it to its socket. Called once, by the constructor of [Sock]: nothing else may use the context before.
    default void attach(Sock sock) {}

    /// Takes ownership if nobody has it. Softirq, timer or process context on `cpu`.
    boolean tryOwn(Cpu cpu);

    /// Gives ownership back: first hands every packet of the backlog to [Sock#backlogReceive] and every deferred bit to
    /// [Sock#deferred].
    void release(Cpu cpu);

    /// Whether anybody owns it now.
    boolean isOwned();

    /// Leaves a packet for the owner: who does not own a socket changes nothing of it (SOCK-21). Softirq context, after
    /// [#tryOwn] failed. If the owner has just gone, ownership is taken and the packet handed over at once.
    ///
    /// @return false when the backlog is full: the caller still owns the skb and drops it
    @Linux("include/net/sock.h#sk_add_backlog")
    boolean backlog(SkBuff skb, Cpu cpu);

    /// Remembers the flow hash of a packet for this socket, so that packets of its flow can be steered to the CPU on
    /// which it is read. Softirq context, owned or not; a packet without a hash changes nothing.
    @Linux("include/net/sock.h#sock_rps_save_rxhash")
    default void saveRxHash(SkBuff skb) {}

    /// Leaves a bit for the owner (a timer that expired). If the owner has just gone, [Sock#deferred] runs at once.
    void defer(int bits, Cpu cpu);

    /// Wakes waiters and tells the listener.
    ///
    /// @param events bits of [PollEvents] that may now be true
    void wake(int events, Cpu cpu);

    /// Where process context waits for this socket.
    WaitQueue waitQueue();

    /// Charges a packet to the send side until it is freed; wakes writers when room comes back. Protocols charge what
    /// they send (SOCK-24).
    @Linux("net/core/sock.c#skb_set_owner_w")
    void ownerWrite(SkBuff skb);

    /// Charges a packet to the receive side until it is freed or taken off.
    @Linux("include/net/sock.h#skb_set_owner_r")
    void ownerRead(SkBuff skb);

    /// Bytes charged to the send side.
    int writeAllocated();

    /// Bytes charged to the receive side.
    int readAllocated();

    /// Registers who hears of readiness beside the waiters, or nobody with null.
    void listener(@Nullable SockListener listener);
}
