package dev.netstack4j.systemtests.steady;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.netfilter.Verdict;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.systemtests.steady.Workload.Round;
import dev.netstack4j.systemtests.steady.Workload.Rounds;
import dev.netstack4j.systemtests.steady.Workload.Talk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Once everything has grown to its size, a packet makes no garbage, whichever way it takes through the stacks.
///
/// Counted is all that the threads of the runtime allocate: system calls, stacks, drivers, emulated cards and cables,
/// the stepping of virtual time. The applications themselves allocate nothing, and of the threads that step, none is
/// left out.
@Mechanism("A13")
class AllocationTest {
    private static final double MOST_BYTES_A_PACKET = 1;
    private static final int LEAST_PACKETS = 600;
    private static final int PIECE = 48;
    private static final int PIECE_WITH_HEADER = 64;

    /// Between whom.
    private interface Taken {
        Talk on(Row row) throws NetException;
    }

    /// Which way packets take.
    private enum Way {
        IGB("0", r -> Talk.of(r.left, Row.LEFT, r.router, Row.ROUTER_LEFT)),
        IGB_SINGLE_FRAMES("0", r -> {
            r.singleFrames();
            return Talk.of(r.left, Row.LEFT, r.router, Row.ROUTER_LEFT);
        }),
        IGB_LOSSY("1%", r -> Talk.of(r.left, Row.LEFT, r.router, Row.ROUTER_LEFT)),
        E1000("0", r -> Talk.of(r.right, Row.RIGHT, r.router, Row.ROUTER_RIGHT)),
        FORWARDED("0", r -> Talk.of(r.left, Row.LEFT, r.right, Row.RIGHT)),
        LOOPBACK("0", r -> Talk.of(r.left, "127.0.0.1", r.left, "127.0.0.1")),
        MAKES_GARBAGE("0", r -> {
            byte[][] made = new byte[1][];
            r.left.service(Netfilter.class)
                    .add(HookPoint.LOCAL_IN, AddressFamily.INET, 0, (skb, state, cpu) -> waste(made), "test");
            return Talk.of(r.left, Row.LEFT, r.router, Row.ROUTER_LEFT);
        });

        final String loss;
        final Taken taken;

        Way(String loss, Taken taken) {
            this.loss = loss;
            this.taken = taken;
        }
    }

    private static Verdict waste(byte[][] made) {
        made[0] = new byte[PIECE];
        return Verdict.ACCEPT;
    }

    @ParameterizedTest
    @CsvSource({
        "IGB, BULK, 150",
        "IGB, REQUESTS, 1500",
        "IGB, REQUESTS_BY_EVENTS, 1500",
        "IGB, DATAGRAMS, 300",
        "IGB, PING, 1500",
        "IGB_SINGLE_FRAMES, BULK, 150",
        "IGB_LOSSY, BULK, 150",
        "IGB_LOSSY, REQUESTS, 1500",
        "E1000, BULK, 150",
        "E1000, REQUESTS, 1500",
        "E1000, DATAGRAMS, 300",
        "E1000, PING, 1500",
        "FORWARDED, BULK, 150",
        "FORWARDED, REQUESTS, 1500",
        "FORWARDED, DATAGRAMS, 300",
        "FORWARDED, PING, 1500",
        "LOOPBACK, BULK, 1500",
        "LOOPBACK, REQUESTS, 1500",
        "LOOPBACK, REQUESTS_BY_EVENTS, 1500",
        "LOOPBACK, DATAGRAMS, 300",
        "LOOPBACK, PING, 1500",
    })
    void aPacketMakesNoGarbage(Way way, Workload load, int rounds) throws Exception {
        check(StackFactory.find().virtualTime(42), way, load, rounds);
    }

    @ParameterizedTest
    @CsvSource({
        "IGB, BULK, 600",
        "IGB, REQUESTS, 1500",
        "IGB, REQUESTS_BY_EVENTS, 1500",
        "FORWARDED, DATAGRAMS, 300",
        "E1000, PING, 1500",
        "LOOPBACK, REQUESTS, 1500",
    })
    void inRealTimeItMakesNoneEither(Way way, Workload load, int rounds) throws Exception {
        check(StackFactory.find().realTime(), way, load, rounds);
    }

    @Test
    void garbageThatAHookMakesForEachPacketIsSeen() throws Exception {
        GarbageMeter meter = run(StackFactory.find().virtualTime(42), Way.MAKES_GARBAGE, Workload.DATAGRAMS, 300);
        assertEquals(PIECE_WITH_HEADER / 2.0, meter.bytesAPacket(), 1); // every second packet is received here
    }

    private static void check(StackRuntime runtime, Way way, Workload load, int rounds) throws Exception {
        GarbageMeter meter = run(runtime, way, load, rounds);
        assertTrue(meter.packets() >= LEAST_PACKETS, "hardly any packets: " + meter);
        assertTrue(meter.bytesAPacket() <= MOST_BYTES_A_PACKET, meter::toString);
    }

    private static GarbageMeter run(StackRuntime runtime, Way way, Workload load, int rounds) throws Exception {
        GarbageMeter meter = new GarbageMeter();
        try (Row row = new Row(runtime, way.loss)) {
            Talk talk = way.taken.on(row);
            AppThread server = runtime.start("server", unchecked(() -> load.serve(talk)));
            runtime.pause(Row.STEP_NANOS);
            Rounds measured = one -> meter.measure(rounds, one, row::sent);
            AppThread client = runtime.start("client", unchecked(() -> load.ask(talk, measured)));
            client.join();
            server.join();
        }
        System.out.printf("garbage: %s %s: %s%n", way, load, meter);
        return meter;
    }

    private static Runnable unchecked(Round body) {
        return () -> {
            try {
                body.once();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
