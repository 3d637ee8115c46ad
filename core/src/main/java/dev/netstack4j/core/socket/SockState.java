package dev.netstack4j.core.socket;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffOwner;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.WaitQueue;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockContext;
import dev.netstack4j.api.socket.SockListener;
import dev.netstack4j.api.socket.SockSettings;
import org.jspecify.annotations.Nullable;

/// Who owns a socket, what was left for the owner, who waits, and what memory is charged to it.
///
/// Ownership is one bit. Who finds it taken leaves work behind, sets [#PENDING] and, should the owner have gone in
/// between, takes ownership to do the work itself; the owner gives the bit back only in one step with finding nothing
/// pending. So work is never left lying, and softirq never waits.
@Linux("include/net/sock.h#socket_lock_t")
final class SockState implements SockContext {
    private static final int OWNED = 1;
    private static final int PENDING = 2;
    private static final int AWAITED = 4;
    /// What the backlog may hold beyond both buffers, as for TCP in Linux.
    private static final int BACKLOG_EXTRA = 64 * 1024;

    private final SocketRuntime runtime;
    private final SockSettings settings;
    private final AtomicBits state;
    private final AtomicBits deferredBits;
    private final MemoryCharge written;
    private final MemoryCharge read;
    private final SkBuffOwner writeOwner = this::writtenFreed;
    private final SkBuffOwner readOwner = this::readFreed;
    private final WaitQueue waitQueue;
    private final SpinLock backlogLock;
    private final SkBuffQueue backlog = new SkBuffQueue(); // under backlogLock
    private int backlogBytes; // under backlogLock
    private volatile @Nullable SockListener listener;
    private volatile @Nullable Poller[] pollers = new @Nullable Poller[0]; // republished under backlogLock
    private @Nullable Sock sock;
    private int rxHash; // of the last packet; who is late sees an older one

    SockState(SocketRuntime runtime, SockSettings settings) {
        this.runtime = runtime;
        this.settings = settings;
        this.state = runtime.sync().bits("sock.state");
        this.deferredBits = runtime.sync().bits("sock.deferred");
        this.written = new MemoryCharge(runtime.sync().bits("sock.wmem"));
        this.read = new MemoryCharge(runtime.sync().bits("sock.rmem"));
        this.waitQueue = runtime.sync().waitQueue("sock");
        this.backlogLock = runtime.sync().spinLock("sock.backlog");
    }

    @Override
    public void attach(Sock made) {
        sock = made;
    }

    private Sock sock() {
        Sock s = sock;
        if (s == null) {
            throw new IllegalStateException("this socket context belongs to no socket yet");
        }
        return s;
    }

    // ---- ownership

    @Override
    public boolean tryOwn(Cpu cpu) {
        for (int now = state.get(); (now & OWNED) == 0; now = state.get()) {
            if (state.compareAndSet(now, now | OWNED)) {
                return true;
            }
        }
        return false;
    }

    /// Notes that process context waits for ownership.
    ///
    /// @return whether somebody owns it still, so that a wake will come
    boolean announceWait() {
        return (state.getAndSet(AWAITED) & OWNED) != 0;
    }

    @Override
    public boolean isOwned() {
        return (state.get() & OWNED) != 0;
    }

    @Override
    @Linux("net/core/sock.c#release_sock")
    public void release(Cpu cpu) {
        boolean awaited = false;
        while (!state.compareAndSet(OWNED, 0)) {
            int before = state.getAndClear(PENDING | AWAITED);
            awaited |= (before & AWAITED) != 0;
            if ((before & PENDING) != 0) {
                drain(cpu);
            }
        }
        if (awaited) {
            runtime.ownership().wakeAll(cpu);
        }
    }

    @Linux("net/core/sock.c#__release_sock")
    private void drain(Cpu cpu) {
        int bits = deferredBits.exchange(0);
        if (bits != 0) {
            runtime.deferred(sock(), bits, cpu);
        }
        for (SkBuff skb = takeBacklog(); skb != null; skb = takeBacklog()) {
            runtime.backlogReceive(sock(), skb, cpu);
        }
    }

    // Bytes are given back only when the backlog is empty, so that a flood cannot keep its owner here for ever.
    private @Nullable SkBuff takeBacklog() {
        backlogLock.lock();
        try {
            SkBuff skb = backlog.poll();
            if (skb == null) {
                backlogBytes = 0;
            }
            return skb;
        } finally {
            backlogLock.unlock();
        }
    }

    @Override
    public boolean backlog(SkBuff skb, Cpu cpu) {
        if (!addBacklog(skb)) {
            return false;
        }
        leaveWork(cpu);
        return true;
    }

    private boolean addBacklog(SkBuff skb) {
        long most = (long) settings.receiveBuffer + settings.sendBuffer + BACKLOG_EXTRA;
        backlogLock.lock();
        try {
            if ((long) backlogBytes + read.bytes() > most) {
                return false;
            }
            backlogBytes += skb.truesize();
            backlog.addTail(skb);
            return true;
        } finally {
            backlogLock.unlock();
        }
    }

    @Override
    public void defer(int bits, Cpu cpu) {
        deferredBits.getAndSet(bits);
        leaveWork(cpu);
    }

    private void leaveWork(Cpu cpu) {
        boolean ownerWillDoIt = (state.getAndSet(PENDING) & OWNED) != 0;
        if (!ownerWillDoIt && tryOwn(cpu)) {
            release(cpu);
        }
    }

    @Override
    @Linux("include/net/sock.h#sock_rps_save_rxhash")
    public void saveRxHash(SkBuff skb) {
        int hash = skb.hash();
        if (hash != rxHash && hash != 0) {
            rxHash = hash;
        }
    }

    int rxHash() {
        return rxHash;
    }

    // ---- waiting

    @Override
    @Linux("net/core/sock.c#sock_def_readable")
    public void wake(int events, Cpu cpu) {
        waitQueue.wakeAll(cpu);
        SockListener l = listener;
        if (l != null) {
            runtime.tell(l, sock(), events, cpu);
        }
        Pollers.tell(pollers, events, cpu);
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }

    @Override
    public void listener(@Nullable SockListener wanted) {
        listener = wanted;
    }

    /// Adds a poll call that waits for several sockets.
    void addPoller(Poller poller) {
        backlogLock.lock();
        try {
            pollers = Pollers.plus(pollers, poller);
        } finally {
            backlogLock.unlock();
        }
    }

    /// Takes it away again.
    void removePoller(Poller poller) {
        backlogLock.lock();
        try {
            pollers = Pollers.minus(pollers, poller);
        } finally {
            backlogLock.unlock();
        }
    }

    // ---- memory

    @Override
    public void ownerWrite(SkBuff skb) {
        skb.owner(writeOwner);
        written.add(skb.charged());
    }

    private void writtenFreed(SkBuff skb, Cpu cpu) {
        written.add(-skb.charged());
        sock().writeMemoryFreed(cpu);
    }

    @Override
    public void ownerRead(SkBuff skb) {
        skb.owner(readOwner);
        read.add(skb.charged());
    }

    private void readFreed(SkBuff skb, Cpu cpu) {
        read.add(-skb.charged());
    }

    @Override
    public int writeAllocated() {
        return written.bytes();
    }

    @Override
    public int readAllocated() {
        return read.bytes();
    }
}
