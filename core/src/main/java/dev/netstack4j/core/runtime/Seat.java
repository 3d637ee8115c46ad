package dev.netstack4j.core.runtime;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Who attends to a CPU while it is idle: one thread waits there and runs what comes. The CPU's agent sits in it unless
/// a waiting application thread has taken it, which saves waking one thread to wake another. Such a thread leaves the
/// seat empty while it is away with what it waited for; the agent looks now and then, and takes it if nobody came back.
final class Seat {
    /// How often the agent looks while others use the seat, and so how long work lies that finds it empty.
    static final long LOOK_NANOS = 500_000;
    /// An application thread that finds nothing to do for so long gives the seat back.
    static final long PATIENCE_NANOS = 100_000_000;

    private static final long PAUSE_NANOS = 2_000_000;

    private static final long VISIT_NANOS = 20_000;

    private final BusyPoll busyPoll;
    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private volatile @Nullable Thread agent;
    private volatile @Nullable Thread wantedBy;
    private volatile boolean givenBack;
    private volatile long lentAfter = Long.MIN_VALUE;
    private volatile long moves; // written by who sits
    private volatile long visited; // the same

    /// @param longestMicros how long who sits may look for work before it sleeps
    Seat(IntSupplier longestMicros) {
        busyPoll = new BusyPoll(longestMicros);
    }

    /// How long who sits looks for work before it sleeps.
    BusyPoll busyPoll() {
        return busyPoll;
    }

    // ---- the agent

    /// Whose seat it is. Before that one starts, so that nobody finds a seat without an owner and sleeps for good.
    void belongsTo(Thread itsAgent) {
        agent = itsAgent;
    }

    /// Sits down if the seat is free. The agent.
    boolean sit(Thread me) {
        givenBack = false;
        return take(me);
    }

    boolean isWanted() {
        return wantedBy != null;
    }

    /// Leaves the seat to the thread that asked for it.
    void handOver() {
        Thread next = wantedBy;
        leave();
        wantedBy = null;
        LockSupport.unpark(next);
    }

    /// Lets others use it, until one gives it back or none of them has come for a while.
    void watch(RealHost host) {
        while (host.isRunning() && !givenBack) {
            long seen = moves;
            LockSupport.parkNanos(this, LOOK_NANOS);
            if (isEmpty() && moves == seen && !givenBack) {
                lentAfter = host.now() + PAUSE_NANOS;
                return;
            }
        }
    }

    // ---- application threads

    /// Sits down if the seat is free and may be lent.
    boolean borrow(Thread me, long now) {
        return now >= lentAfter && agent != null && wantedBy == null && take(me);
    }

    /// Asks the agent for the seat, which unparks who asked.
    ///
    /// @return whether the agent must be told
    boolean ask(Thread me, long now) {
        Thread a = agent;
        if (now < lentAfter || a == null || wantedBy != null || holder.get() != a) {
            return false;
        }
        wantedBy = me;
        return true;
    }

    /// Sits down only to look once, if nobody sits there and nobody has looked just now.
    boolean visit(Thread me, long now) {
        if (holder.get() != null || now - visited < VISIT_NANOS || agent == null || wantedBy != null || !take(me)) {
            return false;
        }
        visited = now;
        return true;
    }

    /// Leaves it for a short time.
    void leave() {
        moved();
        holder.set(null);
    }

    /// Leaves it to the agent.
    void giveBack() {
        givenBack = true;
        leave();
        LockSupport.unpark(agent);
    }

    boolean isEmpty() {
        return holder.get() == null;
    }

    private boolean take(Thread me) {
        if (holder.get() == null && holder.compareAndSet(null, me)) {
            moved();
            return true;
        }
        return false;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by who sits
    private void moved() {
        moves++;
    }
}
