package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.StackMemory;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;

/// Whether a socket may take one more segment, and what it does to be able to: first its queues are made smaller
/// without loss, then what lies behind gaps is given up, the last first.
@Linux("net/ipv4/tcp_input.c#tcp_try_rmem_schedule")
final class Pruning {
    /// A socket may always hold this much.
    private static final int LEAST = StackMemory.PAGE;
    /// What was promised is kept even when segments come with more overhead than was thought: then no more is promised,
    /// and this bounds the memory.
    private static final int OVERHEAD = 3;
    /// An eighth.
    private static final int PART = 3;

    private final StackMemory memory;
    private final Collapser collapser;
    private final OutOfOrderQueue outOfOrder;
    private final TcpCounters counters;

    Pruning(StackMemory memory, Collapser collapser, OutOfOrderQueue outOfOrder, TcpCounters counters) {
        this.memory = memory;
        this.collapser = collapser;
        this.outOfOrder = outOfOrder;
        this.counters = counters;
    }

    /// Whether there is room without any effort.
    ///
    /// @param more bytes beside those that are held
    boolean fits(TcpSock sock, int more) {
        int held = sock.context().readAllocated();
        return held + more <= sock.settings().receiveBuffer && !(memory.isFull() && held > LEAST);
    }

    /// Makes room for data in order.
    ///
    /// @return whether there is some
    boolean makeRoom(TcpSock sock, Cpu cpu) {
        if (fitsNow(sock) || relieve(sock, cpu)) {
            return true;
        }
        outOfOrder.prune(sock, this, cpu);
        long most = memory.isFull() ? LEAST : (long) OVERHEAD * sock.settings().receiveBuffer;
        boolean bearable = sock.context().readAllocated() <= most;
        if (!bearable) {
            counters.rcvPruned.increment(cpu);
        }
        return bearable;
    }

    /// Makes room for data behind a gap, at the cost of nothing.
    boolean makeRoomBehindGap(TcpSock sock, Cpu cpu) {
        return fitsNow(sock) || relieve(sock, cpu);
    }

    /// Walks both queues, so what was in vain is not tried again until a part of the buffer has come or gone: a peer
    /// could make each segment cost a walk otherwise.
    @Linux("net/ipv4/tcp_input.c#tcp_prune_queue")
    private boolean relieve(TcpSock sock, Cpu cpu) {
        int before = sock.rcv.prunedInVain;
        int change = Math.abs(sock.context().readAllocated() - before);
        if (before != 0 && change < sock.settings().receiveBuffer >> PART) {
            return false;
        }
        counters.pruneCalled.increment(cpu);
        collapser.collapse(sock, sock.rcv.outOfOrder, cpu);
        collapser.collapse(sock, sock.receiveQueue(), cpu);
        memory.account(sock, cpu);
        sock.rcv.prunedInVain = sock.context().readAllocated();
        return fitsNow(sock);
    }

    private boolean fitsNow(TcpSock sock) {
        boolean fits = fits(sock, 0);
        if (fits) {
            sock.rcv.prunedInVain = 0;
        }
        return fits;
    }
}
