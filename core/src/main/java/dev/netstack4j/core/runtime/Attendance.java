package dev.netstack4j.core.runtime;

import dev.netstack4j.api.runtime.WaitQueue;

/// What an application thread waits for while it attends to a CPU. One a queue, used by one thread after the other.
final class Attendance {
    private final RealWaitQueue queue;
    private long ticket;
    private long deadline;
    private long patience;

    Attendance(RealWaitQueue queue) {
        this.queue = queue;
    }

    /// A wait begins.
    void of(long itsTicket, long itsDeadline) {
        ticket = itsTicket;
        deadline = itsDeadline;
    }

    /// Something happened: patience begins anew.
    void begin(long now) {
        patience = now + Seat.PATIENCE_NANOS;
    }

    boolean isOutOfPatience(long now) {
        return now >= patience;
    }

    /// The end of the wait, or [WaitQueue#FOREVER].
    long deadline() {
        return deadline;
    }

    /// When the thread must look again at the latest.
    long latest() {
        return Math.min(deadline, patience);
    }

    /// Whether it was woken or interrupted.
    boolean isOver() {
        return queue.ticket() != ticket || Thread.currentThread().isInterrupted();
    }
}
