package dev.netstack4j.systemtests.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.device.CoalesceParameters;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.link.Registration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Interrupt moderation of the 82540EM through the whole stack, in virtual time: to the nanosecond.
@Mechanism("I12")
class E1000DelaysTest {
    private static final int UNIT = 1024;
    private static final int INTERVAL_UNIT = 256;
    private static final long MILLI = 1_000_000;

    /// A host with one card, and the instants at which frames are handed up.
    private static final class Watched implements AutoCloseable {
        final Bench bench = Bench.of(Fitting.E1000_EMULATED);
        final List<Long> instants = new ArrayList<>();
        private final Registration registration;

        Watched(CoalesceParameters moderation) throws Exception {
            bench.stack.links().ethtool(bench.card, e -> e.coalescing().set(moderation));
            ConsumeReason seen = bench.stack.packets().ledger().consume("DELAYS_SEEN", "timed by a test");
            registration = bench.stack
                    .service(PacketTypes.class)
                    .add(
                            EtherType.ALL,
                            bench.card,
                            (skb, device, original, cpu) -> {
                                if (skb.kind() != PacketKind.OUTGOING) {
                                    instants.add(cpu.nowNanos());
                                }
                                skb.consume(seen, cpu);
                            },
                            "delays");
            bench.pass(10 * MILLI);
        }

        /// Sends frames to the card, one each `gap`, and waits until all are up.
        ///
        /// @return how long each took
        List<Long> latencies(int frames, long gap) {
            instants.clear();
            List<Long> sent = new ArrayList<>();
            for (int i = 0; i < frames; i++) {
                sent.add(bench.now());
                bench.wire.send(bench.inbound(100));
                bench.pass(gap);
            }
            bench.pass(100 * MILLI);
            assertEquals(frames, instants.size());
            List<Long> all = new ArrayList<>();
            for (int i = 0; i < frames; i++) {
                all.add(instants.get(i) - sent.get(i));
            }
            return all;
        }

        long interrupts() {
            return bench.count("interrupts");
        }

        @Override
        public void close() throws Exception {
            registration.close();
            bench.close();
        }
    }

    @Test
    void withoutModerationAFrameIsUpAtOnce() throws Exception {
        try (Watched w = new Watched(CoalesceParameters.NONE)) {
            long before = w.interrupts();
            assertEquals(List.of(0L, 0L, 0L, 0L, 0L), w.latencies(5, 1000));
            assertEquals(5, w.interrupts() - before);
        }
    }

    @Test
    void aSingleFrameWaitsForTheReceiveDelayExactly() throws Exception {
        for (int units : new int[] {1, 20, 1000, 65_535}) {
            long delay = (long) units * UNIT;
            try (Watched w = new Watched(CoalesceParameters.NONE.withRx(delay, 0))) {
                assertEquals(List.of(delay), w.latencies(1, MILLI));
            }
        }
    }

    @Test
    void eachFrameBeginsTheDelayAnewAndTheLongestCountsFromTheFirst() throws Exception {
        long delay = 20L * UNIT;
        try (Watched w = new Watched(CoalesceParameters.NONE.withRx(delay, 0))) {
            long before = w.interrupts();
            assertEquals(
                    List.of(40_000 + delay, 30_000 + delay, 20_000 + delay, 10_000 + delay, delay),
                    w.latencies(5, 10_000));
            assertEquals(1, w.interrupts() - before, "one for all five");
        }
        long most = 50L * UNIT;
        try (Watched w = new Watched(CoalesceParameters.NONE.withRx(delay, most))) {
            long before = w.interrupts();
            List<Long> got = w.latencies(8, 10_000);
            assertEquals(
                    List.of(most, most - 10_000, most - 20_000, most - 30_000, most - 40_000, most - 50_000),
                    got.subList(0, 6));
            assertEquals(List.of(10_000 + delay, delay), got.subList(6, 8));
            assertEquals(2, w.interrupts() - before);
        }
    }

    @Test
    void sentPacketsAreFreedAfterTheTransmitDelayExactlyAndAtTheLongestAtLatest() throws Exception {
        long delay = 40L * UNIT;
        long most = 100L * UNIT;
        try (Watched w = new Watched(CoalesceParameters.NONE.withTx(delay, most))) {
            List<Long> freed = new ArrayList<>();
            long start = w.bench.now();
            for (int i = 0; i < 5; i++) {
                w.bench.send(w.bench.outbound(100), skb -> skb.owner((s, cpu) -> freed.add(cpu.nowNanos() - start)));
                w.bench.pass(30_000);
            }
            w.bench.pass(MILLI);
            assertEquals(List.of(most, most, most, most, 120_000 + delay), freed);
            assertEquals(5, w.bench.takeSent(5).size(), "and went out at once");
        }
    }

    /// The rate is bounded by the interval, and so is what it costs a frame.
    @Test
    void noMoreInterruptsComeThanTheIntervalAllowsAndNoFrameWaitsLonger() throws Exception {
        for (long micros : new long[] {10, 100, 1000}) {
            long interval = (micros * 1000 + INTERVAL_UNIT - 1) / INTERVAL_UNIT * INTERVAL_UNIT;
            try (Watched w = new Watched(CoalesceParameters.NONE.withInterval(micros * 1000))) {
                long before = w.interrupts();
                List<Long> got = w.latencies(1000, micros * 50);
                long most = 1000 * micros * 50 / interval + 2;
                long taken = w.interrupts() - before;
                assertTrue(taken <= most, taken + " interrupts, where " + most + " are allowed");
                assertTrue(taken >= most - 3, taken + " interrupts");
                long longest = got.stream().mapToLong(Long::longValue).max().orElse(0);
                assertTrue(longest <= interval, longest + " ns with an interval of " + interval);
            }
        }
    }
}
