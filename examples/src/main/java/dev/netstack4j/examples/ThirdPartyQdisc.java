package dev.netstack4j.examples;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.qdisc.QdiscWatchdog;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.Option;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.OptionTypes;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import jakarta.inject.Inject;
import java.lang.invoke.MethodHandles;

/// Lesson 3: a qdisc of one's own. `hold` keeps every packet for a while and lets its watchdog wake it.
public final class ThirdPartyQdisc {
    private static final Option<Long> TIME =
            Option.of("time", OptionTypes.NANOS, 10_000_000L, "how long each packet is held");
    private static final int MOST_PACKETS = 1000;

    private ThirdPartyQdisc() {}

    /// Prints how long a datagram took.
    public static void main(String[] args) throws Exception {
        try (StackRuntime runtime = StackFactory.find().realTime()) {
            System.out.println("the datagram took " + run(runtime, "25ms") / 1e6 + " ms");
        }
    }

    /// Nanoseconds that a datagram takes through a qdisc that holds it.
    static long run(StackRuntime runtime, String time) throws Exception {
        try (Stack a = Hosts.host("A", runtime, new HoldModule());
                Stack b = Hosts.host("B", runtime)) {
            NetDevice device = Hosts.plug(a, "hold", "10.0.0.1/24");
            Hosts.plug(b, "hold", "10.0.0.2/24");
            Hosts.awaitLinks(a, b);
            Hosts.sendDatagram(a, b, "10.0.0.2"); // resolves the address
            Qdiscs qdiscs = a.service(Qdiscs.class);
            qdiscs.replace(
                    device, "hold", qdiscs.options("hold").set("time", time).build());
            long begun = runtime.clock().nanos();
            Hosts.sendDatagram(a, b, "10.0.0.2");
            return runtime.clock().nanos() - begun;
        }
    }

    /// Declares the kind and its options.
    static final class HoldModule implements StackModule {
        @Override
        public String name() {
            return "example-hold";
        }

        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }

        @Override
        public void contribute(Contributions c) {
            c.qdisc("hold", OptionSchema.of(TIME), HoldOps.class);
        }
    }

    /// The kind: makes one qdisc for each transmit queue.
    static final class HoldOps implements QdiscOps {
        private final DropReason full;

        @Inject
        HoldOps(PacketReasons reasons) {
            full = reasons.drop("HOLD_FULL", "more packets than 'hold' keeps");
        }

        @Override
        public Qdisc create(QdiscContext context, Options options) {
            return new Hold(context.watchdog(), full, options.get(TIME));
        }
    }

    /// One of them. All methods run under the qdisc's lock.
    static final class Hold implements Qdisc {
        private final QdiscWatchdog watchdog;
        private final DropReason full;
        private final long time;
        private final SkBuffQueue held = new SkBuffQueue();

        Hold(QdiscWatchdog watchdog, DropReason full, long time) {
            this.watchdog = watchdog;
            this.full = full;
            this.time = time;
        }

        @Override
        public int enqueue(SkBuff skb, Cpu cpu) {
            if (held.length() == MOST_PACKETS) {
                skb.drop(full, cpu);
                return XmitResult.DROP;
            }
            skb.timestampNanos(cpu.nowNanos() + time);
            held.addTail(skb);
            return XmitResult.SUCCESS;
        }

        @Override
        public int dequeue(SkBuffQueue into, int maxPackets, int maxBytes, Cpu cpu) {
            int moved = 0;
            SkBuff next = held.peek();
            for (; next != null && moved < maxPackets && next.timestampNanos() <= cpu.nowNanos(); next = held.peek()) {
                held.unlink(next);
                into.addTail(next);
                moved++;
            }
            if (next != null) {
                watchdog.schedule(next.timestampNanos(), cpu);
            }
            return moved;
        }

        @Override
        public int length() {
            return held.length();
        }

        @Override
        public long backlogBytes() {
            long bytes = 0;
            for (SkBuff skb = held.peek(); skb != null; skb = skb.next()) {
                bytes += skb.length();
            }
            return bytes;
        }

        @Override
        public void reset(Cpu cpu) {
            held.dropAll(full, cpu);
        }
    }
}
