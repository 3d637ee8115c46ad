package dev.netstack4j.systemtests.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.link.Registration;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Netfilter;
import dev.netstack4j.api.netfilter.Verdict;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.StreamSocket;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// In which context each of the seven ways into and out of the stack runs.
class ContextWalkTest {
    /// Contexts in which a host sends and receives while `talk` runs.
    private record Seen(Set<Context> sending, Set<Context> receiving) {
        Seen() {
            this(EnumSet.noneOf(Context.class), EnumSet.noneOf(Context.class));
        }
    }

    private static Registration watch(Pair pair, HookPoint point, Set<Context> into) {
        return pair.a
                .service(Netfilter.class)
                .add(
                        point,
                        AddressFamily.INET,
                        0,
                        (skb, state, cpu) -> {
                            into.add(cpu.context());
                            return Verdict.ACCEPT;
                        },
                        "test");
    }

    @Test
    @Mechanism({"H6", "F22"})
    void aWriteRunsDownToTheDriverInTheWritersContext() throws Exception {
        try (Pair pair = Pair.virtual()) {
            Seen seen = new Seen();
            pair.connect(
                    s -> {
                        pair.runtime.pause(Pair.SECOND);
                        try (Registration _ = watch(pair, HookPoint.POST_ROUTING, seen.sending)) {
                            s.write(new byte[100], 0, 100); // flow 2: process context, with a packet
                        }
                        pair.runtime.pause(Pair.SECOND);
                    },
                    s -> s.read(new byte[100], 0, 100));
            assertEquals(Set.of(Context.PROCESS), seen.sending);
        }
    }

    @Test
    @Mechanism("H6")
    void aReadThatOpensNoWindowSendsNothing() throws Exception {
        try (Pair pair = Pair.virtual()) {
            Seen seen = new Seen();
            pair.connect(
                    s -> {
                        pair.runtime.pause(Pair.SECOND); // the data is there, and acknowledged
                        try (Registration _ = watch(pair, HookPoint.POST_ROUTING, seen.sending)) {
                            assertEquals(100, s.read(new byte[100], 0, 100)); // flow 1: process context, no packet
                        }
                    },
                    s -> {
                        s.write(new byte[100], 0, 100);
                        pair.runtime.pause(2 * Pair.SECOND);
                    });
            assertEquals(Set.of(), seen.sending);
        }
    }

    @Test
    @Mechanism({"H6", "H5"})
    void aRetransmissionAndAReplyAreSentInSoftirqContext() throws Exception {
        try (Pair pair = Pair.virtual()) {
            Seen replies = new Seen();
            Seen timer = new Seen();
            pair.connect(
                    s -> {
                        pair.runtime.pause(Pair.SECOND);
                        Registration in = watch(pair, HookPoint.LOCAL_IN, replies.receiving);
                        Registration out = watch(pair, HookPoint.POST_ROUTING, replies.sending);
                        pair.runtime.pause(Pair.SECOND); // flows 6 and 7: data comes, an acknowledgement goes
                        in.close();
                        out.close();
                        cut(pair, true);
                        s.write(new byte[100], 0, 100);
                        try (Registration _ = watch(pair, HookPoint.POST_ROUTING, timer.sending)) {
                            pair.runtime.pause(Pair.SECOND); // flow 4: the retransmission timer
                        }
                        cut(pair, false);
                        pair.runtime.pause(20 * Pair.SECOND);
                    },
                    s -> {
                        pair.runtime.pause(3 * Pair.SECOND / 2);
                        s.write(new byte[100], 0, 100);
                        s.read(new byte[100], 0, 100);
                    });
            assertEquals(Set.of(Context.SOFTIRQ), replies.receiving);
            assertEquals(Set.of(Context.SOFTIRQ), replies.sending);
            assertEquals(Set.of(Context.SOFTIRQ), timer.sending);
            assertTrue(Pair.count(pair.a, "Tcp.RetransSegs") > 0);
        }
    }

    private static Registration dropping;

    private static void cut(Pair pair, boolean on) {
        if (on) {
            dropping = pair.b
                    .service(Netfilter.class)
                    .add(HookPoint.PRE_ROUTING, AddressFamily.INET, 0, (skb, st, cpu) -> Verdict.DROP, "test");
        } else {
            dropping.close();
        }
    }

    @Test
    @Mechanism({"H6", "C32"})
    void timeWaitEndsByItsTimerWithoutAPacket() throws Exception {
        try (Pair pair = Pair.virtual()) {
            pair.connect(s -> {}, s -> s.read(new byte[1], 0, 1));
            pair.runtime.pause(Pair.SECOND);
            Seen seen = new Seen();
            try (Registration _ = watch(pair, HookPoint.POST_ROUTING, seen.sending)) {
                pair.runtime.pause(70 * Pair.SECOND); // flow 3: the timer ends the connection
            }
            assertEquals(Set.of(), seen.sending);
            assertEquals(1, Pair.count(pair.a, "TcpExt.TW"));
        }
    }

    @Test
    @Mechanism("H6")
    void aFullRingIsGoneOnWithInSoftirqContext() throws Exception {
        try (Pair pair = Pair.of(
                dev.netstack4j.api.stack.StackFactory.find().virtualTime(1), java.util.Map.of("rate", "10mbit"))) {
            long before = Pair.count(pair.a, "Softnet.Processed");
            byte[] sent = new byte[2_000_000]; // flow 5: far more than a ring; completions let the queue go on
            assertEquals(sent.length, pair.transfer(sent).length);
            assertTrue(Pair.count(pair.a, "Softnet.Processed") > before);
            assertEquals(0, pair.a.packets().ledger().dropped("QDISC_DROP"));
        }
    }

    @Test
    @Mechanism("H3")
    void thereIsOneAgentForEachCpu() throws Exception {
        try (Pair pair = Pair.real()) {
            List<String> agents = Arrays.stream(
                            ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
                    .map(ThreadInfo::getThreadName)
                    .filter(n -> n.matches("[ab]/cpu\\d+"))
                    .sorted()
                    .toList();
            assertEquals(List.of("a/cpu0", "b/cpu0"), agents);
        }
    }

    @Test
    @Mechanism("H7")
    void anIdleStackConsumesNoCpu() throws Exception {
        try (Pair pair = Pair.real()) {
            try (StreamSocket unused = listenAndConnect(pair)) {
                unused.option(SocketOption.SOL_TCP, SocketOption.TCP_NODELAY, 1);
                pair.runtime.pause(Pair.SECOND / 2); // handshake, delayed acknowledgements and warm-up are over
                long before = agentNanos();
                pair.runtime.pause(2 * Pair.SECOND);
                long used = agentNanos() - before;
                assertTrue(
                        used < 2 * Pair.SECOND / 100,
                        "two idle stacks used " + used / 1_000_000.0 + " ms of CPU in 2 s");
            }
        }
    }

    private static StreamSocket listenAndConnect(Pair pair) throws Exception {
        var server = dev.netstack4j.api.socket.StreamServer.listen(pair.b.sockets(), Pair.addressOf(2, 80), 1);
        StreamSocket s = StreamSocket.connect(pair.a.sockets(), Pair.addressOf(2, 80));
        server.close();
        return s;
    }

    private static long agentNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(t -> t.getThreadName().matches("[ab]/cpu\\d+"))
                .mapToLong(t -> threads.getThreadCpuTime(t.getThreadId()))
                .sum();
    }
}
