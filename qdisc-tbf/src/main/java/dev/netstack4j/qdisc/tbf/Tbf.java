package dev.netstack4j.qdisc.tbf;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscWatchdog;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Options;

/// A token bucket filter: packets leave in order, each as soon as the bucket holds its bytes; until then the watchdog
/// sleeps to the exact instant. With a peak rate a second, small bucket spreads the burst. What is longer than a bucket
/// could never leave: core cuts it if it stands for several packets, else it is refused. Guarded by the qdisc's lock.
@Linux("net/sched/sch_tbf.c#tbf_qdisc_ops")
final class Tbf implements Qdisc {
    private final QdiscWatchdog watchdog;
    private final Clock clock;
    private final TbfReasons reasons;
    private final SkBuffQueue queue = new SkBuffQueue();
    private final TokenBucket bucket;
    private final TokenBucket peakBucket;
    private TbfSettings settings;
    private long bytes;
    private long overlimits;

    Tbf(TbfSettings settings, QdiscWatchdog watchdog, Clock clock, TbfReasons reasons) {
        this.settings = settings;
        this.watchdog = watchdog;
        this.clock = clock;
        this.reasons = reasons;
        long now = clock.nanos();
        bucket = new TokenBucket(settings.rate(), settings.burst(), now);
        peakBucket = new TokenBucket(Math.max(1, settings.peakRate()), settings.peakBurst(), now);
    }

    @Override
    public int enqueue(SkBuff skb, Cpu cpu) {
        int length = skb.length();
        if (length > settings.longestPacket()) {
            skb.drop(reasons.tooLong, cpu);
            return XmitResult.DROP;
        }
        if (bytes + length > settings.limit()) {
            skb.drop(reasons.full, cpu);
            return XmitResult.DROP;
        }
        queue.addTail(skb);
        bytes += length;
        return XmitResult.SUCCESS;
    }

    @Override
    public int dequeue(SkBuffQueue into, int maxPackets, int maxBytes, Cpu cpu) {
        fill(cpu.nowNanos());
        int packets = 0;
        long moved = 0;
        for (SkBuff skb = queue.peek(); skb != null; skb = queue.peek()) {
            if (packets == maxPackets || moved >= maxBytes) {
                return packets;
            }
            if (!mayLeave(skb.length())) {
                holdBack(skb.length(), packets, cpu);
                return packets;
            }
            moved += skb.length();
            packets++;
            release(skb, into);
        }
        return packets;
    }

    private void fill(long now) {
        bucket.fill(now);
        peakBucket.fill(now);
    }

    /// The batch's time may lie behind, so a packet is held back only by the clock itself.
    private boolean mayLeave(int length) {
        if (allowed(length)) {
            return true;
        }
        fill(clock.nanos());
        return allowed(length);
    }

    private boolean allowed(int length) {
        return bucket.allows(length) && (settings.peakRate() == 0 || peakBucket.allows(length));
    }

    private void release(SkBuff skb, SkBuffQueue into) {
        int length = skb.length();
        bucket.take(length);
        if (settings.peakRate() != 0) {
            peakBucket.take(length);
        }
        bytes -= length;
        queue.unlink(skb);
        into.addTail(skb);
    }

    /// After packets were given the caller asks again, so the watchdog is armed only by the call that gives none.
    private void holdBack(int length, int packets, Cpu cpu) {
        if (packets == 0) {
            overlimits++;
            long peakReady = settings.peakRate() == 0 ? Long.MIN_VALUE : peakBucket.readyAt(length);
            watchdog.schedule(Math.max(bucket.readyAt(length), peakReady), cpu);
        }
    }

    @Override
    public int drain(SkBuffQueue into, Cpu cpu) {
        int packets = queue.length();
        into.appendAll(queue);
        bytes = 0;
        watchdog.cancel(cpu);
        return packets;
    }

    @Override
    public int length() {
        return queue.length();
    }

    @Override
    public long backlogBytes() {
        return bytes;
    }

    @Override
    public int longestPacket() {
        return (int) Math.min(Integer.MAX_VALUE, settings.longestPacket());
    }

    @Override
    public void reset(Cpu cpu) {
        queue.dropAll(reasons.reset, cpu);
        bytes = 0;
        bucket.reset(clock.nanos());
        peakBucket.reset(clock.nanos());
        watchdog.cancel(cpu);
    }

    /// What is queued stays, even where it is beyond the new limit or longer than the new bucket; the head's release
    /// instant is computed anew by the dequeue that the watchdog is made to ask for at once.
    @Override
    public void change(Options options, Cpu cpu) throws NetException {
        TbfSettings changed = TbfSettings.of(options);
        long now = clock.nanos();
        bucket.change(changed.rate(), changed.burst(), now);
        if (changed.peakRate() != 0) {
            peakBucket.change(changed.peakRate(), changed.peakBurst(), now);
        }
        settings = changed;
        if (!queue.isEmpty()) {
            watchdog.schedule(now, cpu);
        }
    }

    @Override
    public String describe() {
        fill(clock.nanos());
        return "rate " + settings.rate() * 8 + "bit burst " + settings.burst() + "b limit " + settings.limit() + "b"
                + (settings.peakRate() == 0
                        ? ""
                        : " peakrate " + settings.peakRate() * 8 + "bit mtu " + settings.peakBurst() + "b")
                + " tokens " + bucket.contentNanos() + "ns overlimits " + overlimits;
    }
}
