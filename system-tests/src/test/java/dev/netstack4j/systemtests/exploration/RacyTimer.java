package dev.netstack4j.systemtests.exploration;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.stack.Stack;
import org.jspecify.annotations.Nullable;

/// Something that frees a packet a period, and is ended from another CPU. [Bug] takes one step away: `cancel` does not
/// wait for a handler that has begun.
final class RacyTimer {
    static final long PERIOD_NANOS = 20_000_000;

    /// What the author forgets.
    enum Bug {
        NONE,
        /// The handler does not look whether it was ended meanwhile.
        NO_RECHECK,
        /// The handler arms the timer again after it has let go of the lock.
        REARMED_OUTSIDE_THE_LOCK,
        /// The end cancels the timer before it says that this is the end.
        CANCELLED_BEFORE_THE_END_IS_TOLD
    }

    private final Bug bug;
    private final Stack stack;
    private final SpinLock lock;
    private final ConsumeReason done;
    final Timer timer;
    private @Nullable SkBuff held;
    private boolean ended;
    private long endedNanos;
    int freed;
    int late; // expiries at instants after the end

    RacyTimer(Stack stack, boolean exact, Bug bug) {
        this.bug = bug;
        this.stack = stack;
        lock = stack.service(Sync.class).spinLock("racy timer");
        done = stack.service(PacketReasons.class).consume("RACY_EXPIRED", "freed by the racy timer");
        Timers timers = stack.service(Timers.class);
        timer = exact ? timers.exact("racy", this::expired) : timers.coarse("racy", this::expired);
    }

    void begin(Cpu cpu) {
        held = stack.packets().alloc(100, cpu);
        timer.arm(cpu.nowNanos() + PERIOD_NANOS, cpu);
    }

    private void expired(Cpu cpu) {
        lock.lock();
        late += ended && cpu.nowNanos() > endedNanos ? 1 : 0;
        if (ended && bug != Bug.NO_RECHECK) {
            lock.unlock();
            return;
        }
        SkBuff old = held;
        held = stack.packets().alloc(100, cpu);
        if (bug != Bug.REARMED_OUTSIDE_THE_LOCK) {
            timer.arm(cpu.nowNanos() + PERIOD_NANOS, cpu);
        }
        lock.unlock();
        if (bug == Bug.REARMED_OUTSIDE_THE_LOCK) {
            timer.arm(cpu.nowNanos() + PERIOD_NANOS, cpu);
        }
        free(old, cpu);
    }

    void end(Cpu cpu) {
        if (bug == Bug.CANCELLED_BEFORE_THE_END_IS_TOLD) {
            timer.cancel(cpu);
        }
        lock.lock();
        ended = true;
        endedNanos = cpu.nowNanos();
        if (bug != Bug.CANCELLED_BEFORE_THE_END_IS_TOLD) {
            timer.cancel(cpu);
        }
        SkBuff old = held;
        held = null;
        lock.unlock();
        free(old, cpu);
    }

    private void free(@Nullable SkBuff skb, Cpu cpu) {
        if (skb != null) {
            freed++;
            skb.consume(done, cpu);
        }
    }
}
