package dev.netstack4j.systemtests.steady;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.netfilter.Verdict;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.systemtests.support.LoggedErrors;
import dev.netstack4j.systemtests.walk.Pair;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Parts are put in and taken out on both hosts while traffic runs over them in real time. Whoever took a part out may
/// forget it at once: nobody uses it any more. The byte streams stay right and no packet leaks.
class ReplacementTest {
    private static final int ROUNDS = 200;
    private static final long BETWEEN_NANOS = 5_000_000L;

    /// What one round does to a host.
    private interface Change {
        void on(Stack stack, int round) throws Exception;
    }

    private static void underTraffic(Change change) throws Exception {
        try (LoggedErrors errors = new LoggedErrors();
                Pair pair = Pair.real()) {
            Traffic traffic = new Traffic(pair);
            long before = traffic.received();
            for (int round = 0; round < ROUNDS; round++) {
                change.on(pair.a, round);
                change.on(pair.b, round);
                pair.runtime.pause(BETWEEN_NANOS);
            }
            assertTrue(traffic.runs(), "an application ended early");
            long during = traffic.received() - before;
            traffic.stop();
            System.out.println("replacement: " + during / 1_000_000 + " MB passed during " + 2 * ROUNDS + " changes");
            assertTrue(during > 0, "no traffic passed meanwhile");
            assertEquals(List.of(), errors.lines());
        }
    }

    @Test
    void qdiscsAreReplacedUnderTraffic() throws Exception {
        underTraffic((stack, round) -> {
            Qdiscs qdiscs = stack.service(Qdiscs.class);
            NetDevice card = stack.device("eth0");
            Options options = round % 2 == 0
                    ? qdiscs.options("tbf")
                            .set("rate", "2gbit")
                            .set("burst", "256kb")
                            .set("limit", "4mb")
                            .build()
                    : qdiscs.options("pfifo_fast").build();
            qdiscs.replace(card, round % 2 == 0 ? "tbf" : "pfifo_fast", options);
            assertEquals(round % 2 == 0 ? "tbf" : "pfifo_fast", qdiscs.kind(card));
        });
    }

    @Test
    void tapsComeAndGoUnderTraffic() throws Exception {
        AtomicLong seen = new AtomicLong();
        underTraffic((stack, round) -> {
            AtomicBoolean gone = new AtomicBoolean();
            ConsumeReason why = stack.packets().ledger().consume("TEST_TAP", "seen by the test");
            Registration tap = stack.service(PacketTypes.class)
                    .add(
                            EtherType.ALL,
                            null,
                            (skb, device, original, cpu) -> {
                                skb.consume(why, cpu);
                                seen.incrementAndGet();
                                if (gone.get()) {
                                    throw new IllegalStateException("called after it was taken out");
                                }
                            },
                            "test");
            stack.runtime().pause(BETWEEN_NANOS);
            tap.close();
            gone.set(true);
        });
        assertTrue(seen.get() > 0, "the taps saw nothing");
    }

    @Test
    void hooksComeAndGoUnderTraffic() throws Exception {
        AtomicLong seen = new AtomicLong();
        underTraffic((stack, round) -> {
            AtomicBoolean gone = new AtomicBoolean();
            HookPoint point = List.of(
                            HookPoint.PRE_ROUTING, HookPoint.LOCAL_IN, HookPoint.LOCAL_OUT, HookPoint.POST_ROUTING)
                    .get(round % 4);
            Registration hook = stack.service(Netfilter.class)
                    .add(
                            point,
                            AddressFamily.INET,
                            round % 3,
                            (skb, state, cpu) -> {
                                seen.incrementAndGet();
                                if (gone.get()) {
                                    throw new IllegalStateException("called after it was taken out");
                                }
                                return Verdict.ACCEPT;
                            },
                            "test");
            stack.runtime().pause(BETWEEN_NANOS);
            hook.close();
            gone.set(true);
        });
        assertTrue(seen.get() > 0, "the hooks saw nothing");
    }
}
