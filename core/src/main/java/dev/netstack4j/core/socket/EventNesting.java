package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;

/// Sets that watch sets: never in a ring, and not deeper than Linux lets them. One per stack; sets are nested one at a
/// time.
@Linux("fs/eventpoll.c#ep_loop_check")
final class EventNesting {
    /// Steps from the outermost set to the innermost.
    private static final int MOST_STEPS = 4;

    private static final int TOO_MANY = MOST_STEPS + 1;

    private final SpinLock lock;
    private long round; // under lock

    EventNesting(Sync sync) {
        this.lock = sync.spinLock("event.nesting");
    }

    /// Lets one set watch another.
    ///
    /// @return 0, ELOOP, or EEXIST
    int add(EventSet outer, EventSet inner, Watch watch) {
        lock.lock();
        try {
            round++;
            int below = below(inner, outer, 0);
            round++;
            if (below + 1 + above(outer, 0) > MOST_STEPS) {
                return Errno.ELOOP.negative();
            }
            return outer.insert(watch) ? 0 : Errno.EEXIST.negative();
        } finally {
            lock.unlock();
        }
    }

    /// Steps below a set; too many when `sought` is there.
    @Linux("fs/eventpoll.c#ep_loop_check_proc")
    private int below(EventSet set, EventSet sought, int depth) {
        if (set == sought || depth > MOST_STEPS) {
            return TOO_MANY;
        }
        if (set.countedIn == round) {
            return set.steps;
        }
        int steps = 0;
        for (Watch w : set.watches()) {
            EventSet inner = w.nested();
            if (inner != null) {
                steps = Math.max(steps, 1 + below(inner, sought, depth + 1));
            }
        }
        set.countedIn = round;
        set.steps = steps;
        return steps;
    }

    /// Steps above a set.
    @Linux("fs/eventpoll.c#ep_get_upwards_depth_proc")
    private int above(EventSet set, int depth) {
        if (depth > MOST_STEPS) {
            return TOO_MANY;
        }
        if (set.countedIn == round) {
            return set.steps;
        }
        int steps = 0;
        for (Poller p : set.pollers()) {
            if (p instanceof Watch w) {
                steps = Math.max(steps, 1 + above(w.set(), depth + 1));
            }
        }
        set.countedIn = round;
        set.steps = steps;
        return steps;
    }
}
