package dev.netstack4j.bus.emulated.cable;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.RandomStream;

/// One direction of a cable with rate, delay, loss or corruption. The sender's engine copies frames into a ring, each
/// with its instant of arrival; this engine hands over those that have arrived. Instants are computed, not measured, so
/// that they are exact: a frame begins when the one before it has ended, and arrives whole a delay after its own end.
///
/// The sender holds while more than `limit` bytes wait for their turn, or while the ring is full.
final class DelayLine implements Engine {
    private static final int RECEIVER_READY = 1;
    private static final int SENDER_HELD = 2;
    private static final int BATCH = 256;

    private final CableEnd end;
    private final Shape shape;
    private final Clock clock;
    private final RandomStream random;
    private final AtomicBits signals;
    private final EngineHandle handle;
    private final FrameRing ring;
    private final FrameBatch batch = new FrameBatch(BATCH, BATCH);
    /// Written by the sender alone.
    private volatile long busyUntil;
    private boolean blocked;

    DelayLine(CableEnd end, String name, WireContext context, Shape shape) {
        this.end = end;
        this.shape = shape;
        this.clock = context.clock();
        this.random = context.random().stream("cable " + name);
        this.signals = context.sync().bits("cable " + name);
        this.ring = new FrameRing(shape.memory());
        this.handle = context.engines().add("cable " + name, this);
    }

    // Sender's side

    int accept(FrameBatch b) {
        long now = clock.nanos();
        int n = b.size();
        int taken = 0;
        while (taken < n && add(b, taken, now)) {
            taken++;
        }
        if (taken < n) {
            signals.getAndSet(SENDER_HELD);
        }
        handle.ring();
        return taken;
    }

    private boolean add(FrameBatch b, int f, long now) {
        int bytes = b.frameLength(f);
        if (busyUntil - now > shape.nanosFor(shape.limit()) || !ring.hasRoom(bytes)) {
            return false;
        }
        long ended = Math.max(now, busyUntil) + shape.nanosFor(bytes);
        busyUntil = ended;
        if (!draws(shape.loss())) {
            int flags = b.flags(f) | (draws(shape.corrupt()) ? FrameBatch.BAD_FCS : 0);
            ring.add(b, f, bytes, flags, ended + shape.delay());
        }
        return true;
    }

    private boolean draws(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    // Engine

    @Override
    public int doWork(long nowNanos) {
        boolean ready = signals.getAndClear(RECEIVER_READY) != 0;
        blocked &= !ready;
        int moved = blocked ? 0 : deliverDue(nowNanos);
        if ((signals.get() & SENDER_HELD) != 0 && senderMayGoOn(nowNanos)) {
            signals.getAndClear(SENDER_HELD);
            end.resumeDevice();
        }
        return moved;
    }

    private int deliverDue(long now) {
        batch.clear();
        ring.peek(batch, now);
        if (batch.size() == 0) {
            return 0;
        }
        int taken = end.deliver(batch);
        ring.remove(taken);
        blocked = taken < batch.size();
        return taken;
    }

    private boolean senderMayGoOn(long now) {
        return now >= senderDeadline() && ring.hasRoom(ring.capacity() / 4);
    }

    /// When half of what may wait has been sent.
    private long senderDeadline() {
        return busyUntil - shape.nanosFor(shape.limit() / 2);
    }

    @Override
    public long nextDeadlineNanos() {
        long next = blocked ? NEVER : ring.nextArrival();
        boolean held = (signals.get() & SENDER_HELD) != 0 && ring.hasRoom(ring.capacity() / 4);
        return held ? Math.min(next, senderDeadline()) : next;
    }

    /// The receiver has room again.
    void resume() {
        signals.getAndSet(RECEIVER_READY);
        handle.ring();
    }

    void close() {
        handle.remove();
        ring.close();
    }
}
