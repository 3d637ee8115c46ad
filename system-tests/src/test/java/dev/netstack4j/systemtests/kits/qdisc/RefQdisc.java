package dev.netstack4j.systemtests.kits.qdisc;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscWatchdog;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// First in, first out, with a limit, and a token bucket if it has a rate. Right without a defect.
final class RefQdisc implements Qdisc {
    private final RefOps ops;
    private final QdiscWatchdog watchdog;
    private final Defect defect;
    private final SkBuffQueue queue = new SkBuffQueue();
    private final RefBucket bucket;
    private final List<Object> garbage = new ArrayList<>();
    private final List<SkBuff> lost = new ArrayList<>();
    private Options options;
    private int limit;
    private long rate;
    private int length;
    private long bytes;
    private int calls;
    private int arms;
    private @Nullable Cpu firstCpu;
    private @Nullable SkBuff lastGiven;

    RefQdisc(RefOps ops, QdiscWatchdog watchdog, Options options, Defect defect) {
        this.ops = ops;
        this.watchdog = watchdog;
        this.options = options;
        this.defect = defect;
        limit = options.get(RefModule.LIMIT);
        rate = options.get(RefModule.RATE);
        RefBucket own = new RefBucket(Math.max(1, rate), options.get(RefModule.BURST), ops.clock.nanos());
        if (defect == Defect.SHARED_TOKENS) {
            RefBucket before = ops.shared;
            own = before == null ? own : before;
            ops.shared = own;
        }
        bucket = own;
    }

    private boolean is(Defect d) {
        return defect == d;
    }

    /// True now and then, for a defect that does not always strike.
    private boolean strikes(Defect d) {
        return defect == d && ++calls % 7 == 0;
    }

    private long now(Cpu cpu) {
        return is(Defect.REAL_CLOCK) ? System.nanoTime() : cpu.nowNanos();
    }

    // ---- in

    @Override
    public int enqueue(SkBuff skb, Cpu given) {
        Cpu cpu = cpu(given);
        int result = look(skb);
        if (result != XmitResult.SUCCESS) {
            return refuse(skb, cpu);
        }
        int most = limit + (is(Defect.LIMIT_PLUS_ONE) ? 1 : is(Defect.LIMIT_MINUS_ONE) ? -1 : 0);
        if (queue.length() < most) {
            return keep(skb);
        }
        if (!options.get(RefModule.EVICT)) {
            return refuse(skb, cpu);
        }
        SkBuff oldest = queue.poll();
        if (oldest != null) {
            length--;
            bytes -= oldest.length();
            oldest.drop(ops.full, cpu);
        }
        keep(skb);
        return is(Defect.HIDES_EVICTION) ? XmitResult.SUCCESS : XmitResult.CN;
    }

    private Cpu cpu(Cpu given) {
        if (!is(Defect.KEEPS_CPU)) {
            return given;
        }
        Cpu kept = firstCpu;
        firstCpu = kept == null ? given : kept;
        return firstCpu;
    }

    /// Where defects look at a packet, or wait.
    private int look(SkBuff skb) {
        switch (defect) {
            case CHOKES_ON_EMPTY -> garbage.set(0, 1000 / skb.length() == -1 ? "" : set());
            case CHOKES_ON_PRIORITY -> garbage.set(0, new int[16][1][skb.priority()]);
            case READS_HEADER -> skb.get8(skb.data() + 100_000 / Math.max(1, skb.headLength()) * 14);
            case WRITES_TOS -> skb.put8(skb.data() + 15, 3);
            case SETS_PRIORITY -> skb.priority(1);
            case GARBAGE -> keepGarbage();
            case SLEEPS -> sleep();
            case REAL_CHANCE -> {
                return ThreadLocalRandom.current().nextInt(3) == 0 ? XmitResult.DROP : XmitResult.SUCCESS;
            }
            default -> {}
        }
        return XmitResult.SUCCESS;
    }

    private Object set() {
        if (garbage.isEmpty()) {
            garbage.add("");
        }
        return "";
    }

    private void keepGarbage() {
        garbage.clear();
        garbage.add(new long[4]);
    }

    private static void sleep() {
        try {
            Thread.sleep(0, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int keep(SkBuff skb) {
        length++;
        bytes += skb.length() + (strikes(Defect.BYTES_OF_HEAD) ? skb.headLength() : 0);
        queue.addTail(skb);
        if (is(Defect.REORDERS) && ++calls % 7 == 0 && queue.length() > 1) {
            SkBuff last = queue.pollTail();
            SkBuff before = queue.pollTail();
            queue.addTail(java.util.Objects.requireNonNull(last));
            queue.addTail(java.util.Objects.requireNonNull(before));
        }
        if (is(Defect.NO_RESULT)) {
            return queue.length() + 2;
        }
        return strikes(Defect.SAYS_DROP) ? XmitResult.DROP : XmitResult.SUCCESS;
    }

    private int refuse(SkBuff skb, Cpu cpu) {
        if (is(Defect.LOSES_SILENTLY)) {
            lost.add(skb);
            return XmitResult.DROP;
        }
        if (is(Defect.CONSUMES)) {
            skb.consume(ops.wrong, cpu);
            return XmitResult.DROP;
        }
        length += is(Defect.LENGTH_WITHOUT_DROPS) ? 1 : 0;
        skb.drop(ops.full, cpu);
        return is(Defect.SAYS_SUCCESS) ? XmitResult.SUCCESS : XmitResult.DROP;
    }

    // ---- out

    @Override
    public int dequeue(SkBuffQueue into, int maxPackets, int maxBytes, Cpu given) {
        Cpu cpu = cpu(given);
        settleLast();
        bucket.fill(now(cpu), defect);
        int packets = 0;
        long moved = 0;
        int most = maxPackets + (is(Defect.ONE_TOO_MANY) ? 1 : 0);
        if (strikes(Defect.SULKS)) {
            return 0;
        }
        for (SkBuff skb = next(); skb != null && packets < most && more(moved, maxBytes); skb = next()) {
            if (rate > 0 && !bucket.allows(skb.length(), defect)) {
                if (packets == 0) {
                    arm(skb, cpu);
                }
                break;
            }
            moved += skb.length();
            packets++;
            give(skb, into, cpu);
        }
        return is(Defect.MISCOUNTS) ? into.length() : packets;
    }

    private @Nullable SkBuff next() {
        return is(Defect.LAST_FIRST) ? queue.peekTail() : queue.peek();
    }

    private boolean more(long moved, int maxBytes) {
        return is(Defect.IGNORES_BYTES) || moved < maxBytes || is(Defect.ONE_BEYOND_BYTES) && moved < maxBytes + 200L;
    }

    private void give(SkBuff skb, SkBuffQueue into, Cpu cpu) {
        queue.unlink(skb);
        if (rate > 0) {
            bucket.take(skb.length());
        }
        length--;
        bytes -= is(Defect.COUNTS_LATE) ? 0 : skb.length();
        lastGiven = is(Defect.COUNTS_LATE) || is(Defect.TOUCHES_GIVEN) ? skb : null;
        SkBuff out = skb;
        if (is(Defect.COPIES)) {
            out = java.util.Objects.requireNonNull(skb.copy(64, cpu));
            skb.consume(ops.wrong, cpu);
        }
        if (is(Defect.PREPENDS)) {
            into.addHead(out);
        } else {
            into.addTail(out);
        }
    }

    /// Where defects use what they gave before.
    private void settleLast() {
        SkBuff last = lastGiven;
        if (last != null) {
            bytes -= is(Defect.COUNTS_LATE) ? last.length() : 0;
            last.cb(0, 7);
            lastGiven = null;
        }
    }

    private void arm(SkBuff skb, Cpu cpu) {
        if (is(Defect.FORGETS_WATCHDOG) || is(Defect.FORGETS_EVERY_THIRD) && ++arms % 3 == 0) {
            return;
        }
        long ready = bucket.readyAt(skb.length(), defect);
        long wrong = is(Defect.WATCHDOG_LATE) ? 1000 : is(Defect.WATCHDOG_EARLY) ? (now(cpu) - ready) / 2 : 0;
        watchdog.schedule(ready + wrong, cpu);
    }

    @Override
    public int drain(SkBuffQueue into, Cpu cpu) {
        if (is(Defect.DRAINS_SOME)) {
            return dequeue(into, 1000, 1_000_000, cpu);
        }
        int packets = queue.length();
        if (is(Defect.DRAINS_BACKWARDS)) {
            for (SkBuff skb = queue.pollTail(); skb != null; skb = queue.pollTail()) {
                into.addTail(skb);
            }
        }
        into.appendAll(queue);
        length = is(Defect.LENGTH_AFTER_DRAIN) ? length : 0;
        bytes = 0;
        return packets;
    }

    // ---- control

    @Override
    public int length() {
        return length;
    }

    @Override
    public long backlogBytes() {
        return bytes;
    }

    @Override
    public void reset(Cpu given) {
        Cpu cpu = cpu(given);
        SkBuff kept = is(Defect.KEEPS_ON_RESET) ? queue.poll() : null;
        queue.dropAll(ops.reset, cpu);
        length = 0;
        bytes = is(Defect.BYTES_AFTER_RESET) ? bytes : 0;
        if (kept != null) {
            keep(kept);
        }
        if (!is(Defect.KEEPS_DEBT)) {
            bucket.reset(ops.clock.nanos());
        }
        if (!is(Defect.KEEPS_REQUEST)) {
            watchdog.cancel(cpu);
        }
        lastGiven = null;
    }

    @Override
    public boolean canBypass() {
        return rate == 0 || is(Defect.FALSE_BYPASS);
    }

    @Override
    public void change(Options changed, Cpu cpu) throws NetException {
        if (options.get(RefModule.FIXED)) {
            if (is(Defect.CHANGE_DOES_NOTHING)) {
                return;
            }
            throw new NetException(Errno.EOPNOTSUPP, "change the reference qdisc");
        }
        if (is(Defect.CHANGE_HALF)) {
            limit = 5;
        }
        RefOps.check(changed);
        options = changed;
        limit = is(Defect.CHANGE_FORGETS_LIMIT) ? limit : changed.get(RefModule.LIMIT);
        rate = changed.get(RefModule.RATE);
        bucket.fill(now(cpu), defect);
        bucket.change(Math.max(1, rate), changed.get(RefModule.BURST));
        if (is(Defect.CHANGE_EMPTIES)) {
            reset(cpu);
        }
    }

    @Override
    public String describe() {
        if (is(Defect.DESCRIBE_TAKES)) {
            bucket.take(100);
        }
        return "limit " + limit + (is(Defect.TWO_LINES) ? "\n" : " ") + "rate " + rate;
    }
}
