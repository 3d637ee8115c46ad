package dev.netstack4j.core.socket;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.runtime.WaitResult;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockListener;
import dev.netstack4j.core.net.steering.SockFlowTable;
import jakarta.inject.Inject;

/// What all sockets of a stack share: how a stretch on a CPU begins and ends, how a call waits, and how a protocol that
/// throws is contained.
final class SocketRuntime {
    private static final System.Logger LOG = System.getLogger("dev.netstack4j.core.socket");

    private volatile boolean ending;
    private final Cpus cpus;
    private final SockFlowTable flows;
    private final Clock clock;
    private final Sync sync;
    private final WaitQueue ownership;
    private final DropReason handlerThrew;

    @Inject
    SocketRuntime(Cpus cpus, Clock clock, Sync sync, SockFlowTable flows, PacketReasons reasons) {
        this.flows = flows;
        this.cpus = cpus;
        this.clock = clock;
        this.sync = sync;
        this.ownership = sync.waitQueue("sock.ownership");
        this.handlerThrew = reasons.drop("SOCKET_HANDLER_THREW", "the protocol threw while it took the packet");
    }

    Sync sync() {
        return sync;
    }

    /// Where process context waits for sockets that somebody else owns; one for all of a stack, because it is rare.
    WaitQueue ownership() {
        return ownership;
    }

    /// The application of the socket's flow runs here, so its packets may come here.
    @Linux("include/net/rps.h#sock_rps_record_flow")
    void recordFlow(SockState state, Cpu cpu) {
        flows.record(state.rxHash(), cpu.id());
    }

    // ---- stretches

    /// Enters a CPU and owns the socket. Waits without a CPU while softirq or another thread owns it.
    Cpu own(SockState state) {
        while (true) {
            Cpu cpu = cpus.enter();
            if (state.tryOwn(cpu)) {
                return cpu;
            }
            cpus.leave(cpu);
            long ticket = ownership.ticket();
            if (state.announceWait()) {
                // An interrupt does not end this wait: the owner is about to go, as with lock_sock in Linux.
                ownership.await(ticket, WaitQueue.FOREVER);
            }
        }
    }

    /// Enters a CPU in process context.
    Cpu enter() {
        return cpus.enter();
    }

    /// Ends what [#enter] began.
    void leave(Cpu cpu) {
        cpus.leave(cpu);
    }

    /// Ends what [#own] began.
    void disown(SockState state, Cpu cpu) {
        try {
            state.release(cpu);
        } finally {
            cpus.leave(cpu);
        }
    }

    /// The stack ends: nobody waits any more in `close`.
    void ending() {
        ending = true;
    }

    boolean isEnding() {
        return ending;
    }

    // ---- waiting

    /// The absolute deadline of a timeout; 0 nanoseconds are for ever.
    long deadline(long timeoutNanos) {
        return timeoutNanos == 0
                ? WaitQueue.FOREVER
                : Math.addExact(clock.nanos(), Math.min(timeoutNanos, Long.MAX_VALUE / 2));
    }

    /// Waits for a wake after `ticket`.
    ///
    /// @return 0, or EAGAIN when the deadline passed, or EINTR
    static int await(WaitQueue queue, long ticket, long deadlineNanos) {
        WaitResult result = queue.await(ticket, deadlineNanos);
        return switch (result) {
            case WOKEN -> 0;
            case TIMED_OUT -> Errno.EAGAIN.negative();
            case INTERRUPTED -> Errno.EINTR.negative();
        };
    }

    // ---- containment

    /// A protocol threw in a call: it is logged, and the caller gets an error instead.
    int contain(String call, Sock sock, Throwable thrown) {
        log(call, sock.getClass(), thrown);
        return Errno.EIO.negative();
    }

    /// A protocol threw while it made a socket.
    void containCreate(ProtoOps ops, Throwable thrown) {
        log("create", ops.getClass(), thrown);
    }

    private static void log(String call, Class<?> who, Throwable thrown) {
        LOG.log(System.Logger.Level.ERROR, () -> who.getName() + " threw in " + call + "; the stack goes on", thrown);
    }

    void backlogReceive(Sock sock, SkBuff skb, Cpu cpu) {
        int handovers = skb.handovers();
        try {
            sock.backlogReceive(skb, cpu);
        } catch (RuntimeException | Error e) {
            log("backlogReceive", sock.getClass(), e);
            if (skb.isLive() && !skb.isQueued() && skb.handovers() == handovers) {
                skb.drop(handlerThrew, cpu);
            }
        }
    }

    void deferred(Sock sock, int bits, Cpu cpu) {
        try {
            sock.deferred(bits, cpu);
        } catch (RuntimeException | Error e) {
            log("deferred", sock.getClass(), e);
        }
    }

    void tell(SockListener listener, Sock sock, int events, Cpu cpu) {
        try {
            listener.ready(sock, events, cpu);
        } catch (RuntimeException | Error e) {
            log("a listener's ready", listener.getClass(), e);
        }
    }
}
