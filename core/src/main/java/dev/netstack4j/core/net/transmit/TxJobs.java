package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.SkBuffQueue;
import org.jspecify.annotations.Nullable;

/// What one CPU's NET_TX has to do: packets to free and qdiscs to run. Touched by the CPU's holder alone.
final class TxJobs {
    final SkBuffQueue sent = new SkBuffQueue();
    final SkBuffQueue lost = new SkBuffQueue();
    private @Nullable AttachedQdisc first;
    private @Nullable AttachedQdisc last;

    void add(AttachedQdisc qdisc) {
        AttachedQdisc tail = last;
        if (tail == null) {
            first = qdisc;
        } else {
            tail.nextScheduled = qdisc;
        }
        last = qdisc;
    }

    /// Takes all qdiscs, chained.
    @Nullable
    AttachedQdisc takeAll() {
        AttachedQdisc chain = first;
        first = null;
        last = null;
        return chain;
    }
}
