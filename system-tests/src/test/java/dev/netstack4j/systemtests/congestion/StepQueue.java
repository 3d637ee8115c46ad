package dev.netstack4j.systemtests.congestion;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.qdisc.EcnMarker;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.qdisc.QdiscWatchdog;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.StackModule;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;

/// A port of a switch as data centres have it: it sends at a rate; a packet that finds more than `mark` bytes before it
/// is marked, one that finds more than `limit` is dropped.
final class StepQueue implements Qdisc {
    private static final Option<Long> MARK = Option.of("mark", OptionTypes.BYTES, 30_000L, "bytes that bring a mark");
    private static final Option<Long> LIMIT = Option.of("limit", OptionTypes.BYTES, 300_000L, "bytes held at most");

    private static final Option<Long> RATE =
            Option.of("rate", OptionTypes.BITS_PER_SECOND, 50_000_000L, "bits a second");

    private final EcnMarker marker;
    private final Clock clock;
    private final QdiscWatchdog watchdog;
    private final DropReason full;
    private final long rate;
    private final long mark;
    private final long limit;
    private final SkBuffQueue held = new SkBuffQueue();
    private long bytes;
    private long most;
    private long freeNanos;

    private StepQueue(EcnMarker marker, Clock clock, QdiscWatchdog watchdog, DropReason full, Options options) {
        this.marker = marker;
        this.clock = clock;
        this.watchdog = watchdog;
        rate = options.get(RATE);
        this.full = full;
        mark = options.get(MARK);
        limit = options.get(LIMIT);
    }

    @Override
    public int enqueue(SkBuff skb, Cpu cpu) {
        if (bytes > limit) {
            skb.drop(full, cpu);
            return XmitResult.DROP;
        }
        if (bytes > mark) {
            marker.mark(skb, cpu);
        }
        held.addTail(skb);
        bytes += skb.length();
        most = Math.max(most, bytes);
        return XmitResult.SUCCESS;
    }

    @Override
    public int dequeue(SkBuffQueue into, int maxPackets, int maxBytes, Cpu cpu) {
        long now = clock.nanos();
        if (now < freeNanos) {
            watchdog.schedule(freeNanos, cpu);
            return 0;
        }
        SkBuff skb = held.poll();
        if (skb == null) {
            return 0;
        }
        bytes -= skb.length();
        freeNanos = now + skb.length() * 8_000_000_000L / rate;
        into.addTail(skb);
        return 1;
    }

    @Override
    public int drain(SkBuffQueue into, Cpu cpu) {
        int packets = held.length();
        for (SkBuff skb = held.poll(); skb != null; skb = held.poll()) {
            into.addTail(skb);
        }
        bytes = 0;
        return packets;
    }

    @Override
    public int length() {
        return held.length();
    }

    @Override
    public long backlogBytes() {
        return bytes;
    }

    @Override
    public void reset(Cpu cpu) {
        held.dropAll(full, cpu);
        bytes = 0;
        watchdog.cancel(cpu);
    }

    @Override
    public String describe() {
        return "most " + most;
    }

    /// The kind `step`.
    static final class Ops implements QdiscOps {
        private final EcnMarker marker;
        private final Clock clock;
        private final DropReason full;

        @Inject
        Ops(EcnMarker marker, Clock clock, PacketReasons reasons) {
            this.marker = marker;
            this.clock = clock;
            full = reasons.drop("QDISC_STEP_FULL", "the step queue was full");
        }

        @Override
        public Qdisc create(QdiscContext context, Options options) {
            return new StepQueue(marker, clock, context.watchdog(), full, options);
        }
    }

    /// The module that brings it.
    static final class Module implements StackModule {
        @Override
        public String name() {
            return "qdisc-step";
        }

        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }

        @Override
        public void contribute(Contributions c) {
            c.qdisc("step", OptionSchema.of(RATE, MARK, LIMIT), Ops.class);
        }
    }
}
