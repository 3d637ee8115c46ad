package dev.netstack4j.cli.control;

import dev.netstack4j.cli.control.message.Fault;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What a client has sent ahead of the answers. Bounded in bytes, so that the end of a connection is seen behind many
/// requests; a client that sends more has to wait.
final class ReadAhead {
    /// No more is read while so much waits.
    static final int MOST_BYTES = 1 << 20;

    private final Deque<Arrival> waiting = new ArrayDeque<>(); // as the two below, under this object's monitor
    private int bytes;
    private boolean ended;

    /// A line, a fault instead of one, or the end when both are null.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Arrival(byte @Nullable [] line, @Nullable Fault fault) {
        static final Arrival END = new Arrival(null, null);

        private int cost() {
            return line == null ? 0 : line.length + Long.BYTES;
        }
    }

    /// Adds a line; waits for room.
    synchronized void add(byte[] line) throws InterruptedException {
        while (bytes >= MOST_BYTES && !ended) {
            wait();
        }
        put(new Arrival(line, null));
    }

    /// Adds the last thing; never waits.
    synchronized void last(Arrival arrival) {
        put(arrival);
    }

    private void put(Arrival arrival) {
        waiting.addLast(arrival);
        bytes += arrival.cost();
        notifyAll();
    }

    /// The next one; waits for it.
    synchronized Arrival take() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        Arrival next = waiting.removeFirst();
        bytes -= next.cost();
        notifyAll();
        return next;
    }

    /// Nobody takes any more: who waits for room goes on.
    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
