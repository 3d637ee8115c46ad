package dev.netstack4j.systemtests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.address.IpPrefix;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.StreamServer;
import dev.netstack4j.api.socket.StreamSocket;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.api.statistics.Counters;
import dev.netstack4j.systemtests.support.FrameBuilder;
import dev.netstack4j.systemtests.support.LoggedErrors;
import dev.netstack4j.systemtests.support.RawWire;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Hostile frames arrive at the emulated card of a whole stack with a web-like server, a UDP port and ICMP. Whatever
/// they are, nothing throws, nothing leaks, and the stack still works afterwards.
class HostileFramesTest {
    private static final long MILLI = 1_000_000L;
    private static final int ROUND = 2000;
    private static final int HELD_CONNECTIONS = 16;

    @Test
    void aMillionHostileFramesThrowNothingAndLeakNothing() throws Exception {
        run(Long.getLong("netstack4j.seed", 20251), 1_000_000);
    }

    @Test
    @Tag("nightly")
    void twentyMillionHostileFramesOfAnotherSeedThrowNothingAndLeakNothing() throws Exception {
        run(Long.getLong("netstack4j.seed", System.nanoTime()), 20_000_000);
    }

    private static void run(long seed, long frames) throws Exception {
        System.out.println("hostile frames: seed " + seed + " (repeat with -Dnetstack4j.seed=" + seed + ")");
        long began = System.nanoTime();
        try (LoggedErrors errors = new LoggedErrors();
                VirtualRuntime runtime = StackFactory.find().virtualTime(seed)) {
            Victim v = new Victim(runtime);
            int before = v.stack.packets().live();
            v.serve();
            Connections attacker = new Connections(seed, v.card.macAddress().bits());
            v.wire.peer(attacker);
            attack(v, attacker, seed, frames);
            v.stopServing();
            runtime.advance(1_200_000 * MILLI); // every retransmission, fragment, neighbour and TIME_WAIT timer ends
            report(v.stack, attacker, began);
            assertEquals(List.of(), errors.lines());
            assertTrue(v.stack.packets().isBalanced(), "the ledger does not balance");
            onlyReceiveBuffersAreLeft(v.stack, before);
            assertTrue(attacker.injected >= frames);
            assertEquals(attacker.injected, v.wire.taken());
            noFailures(v.stack);
            v.stillAnswers(attacker);
            v.stack.close();
            assertEquals(0, v.stack.packets().live());
        }
    }

    private static void attack(Victim v, Connections attacker, long seed, long frames) throws NetException {
        SplittableRandom pace = new SplittableRandom(seed ^ 77);
        for (long done = 0, round = 0; done < frames; done += ROUND, round++) {
            v.stack.links().promiscuous(v.card, round % 4 == 3);
            attacker.allow(ROUND);
            v.wire.ring();
            v.runtime.advance(pace.nextLong(60 * MILLI));
            if (round % 50 == 49) {
                v.runtime.advance(pace.nextLong(5_000 * MILLI));
            }
        }
        v.stack.links().promiscuous(v.card, false);
    }

    private static void report(Stack stack, Connections attacker, long began) {
        System.out.printf(
                "hostile frames: %d injected, %d handshakes completed, %d frames answered, %.1f s%n",
                attacker.injected, attacker.established, attacker.seen, (System.nanoTime() - began) / 1e9);
        System.out.println("hostile frames: dropped " + stack.packets().ledger().dropped());
        System.out.println(
                "hostile frames: consumed " + stack.packets().ledger().consumed());
    }

    /// The card's posted buffers are empty; the driver posts them some at a time, so a few may lack.
    private static void onlyReceiveBuffersAreLeft(Stack stack, int before) {
        List<SkBuff> packets = stack.packets().liveSkBuffs().stream()
                .filter(skb -> skb.length() > 0)
                .toList();
        assertEquals(List.of(), packets, "packets are left");
        int left = stack.packets().live();
        assertTrue(left <= before && left > before - 32, left + " live, " + before + " before");
    }

    private static String whereApplicationsWait() {
        StringBuilder s = new StringBuilder("an application still waits:");
        Thread.getAllStackTraces().forEach((t, stack) -> {
            if (t.getName().equals("tcp") || t.getName().equals("udp")) {
                s.append(System.lineSeparator()).append(t.getName()).append(List.of(stack));
            }
        });
        return s.toString();
    }

    private static void noFailures(Stack stack) {
        stack.packets().ledger().dropped().keySet().forEach(r -> assertTrue(!r.startsWith("HANDLER_FAILED"), r));
    }

    /// The stack under attack and its applications.
    private static final class Victim {
        final VirtualRuntime runtime;
        final Stack stack;
        final RawWire wire;
        final NetDevice card;
        private final StreamServerApp tcp = new StreamServerApp();
        private DatagramPort udp;
        private AppThread tcpThread;
        private AppThread udpThread;

        Victim(VirtualRuntime runtime) throws Exception {
            this.runtime = runtime;
            stack = StackFactory.find()
                    .builder()
                    .name("victim")
                    .runtime(runtime)
                    .memory(64 << 20)
                    .discover(HostileFramesTest.class.getClassLoader())
                    .with(RawWire.module())
                    .build();
            wire = (RawWire) stack.hardware().wire(RawWire.KIND, Map.of());
            card = stack.hardware().plug("emulated", "82540em", Map.of(), wire);
            stack.ipv4().addAddress(card, IpPrefix.parse("10.0.0.1/24"));
            stack.links().up(card);
            stack.ipv4().addRoute(IpPrefix.parse("0.0.0.0/0"), IpAddress.parse("10.0.0.2"), card, 0);
            runtime.advance(5_000 * MILLI);
            assertTrue(card.hasCarrier());
        }

        void serve() throws NetException {
            tcp.listener =
                    StreamServer.listen(stack.sockets(), InetSockAddress.of("10.0.0.1", HostileFrames.TCP_PORT), 1024);
            udp = DatagramPort.bind(stack.sockets(), InetSockAddress.of("10.0.0.1", HostileFrames.UDP_PORT));
            tcp.calls = stack.sockets();
            tcpThread = runtime.start("tcp", tcp);
            udpThread = runtime.start("udp", this::echo);
        }

        private void echo() {
            byte[] b = new byte[2000];
            boolean open = true;
            while (open) {
                try {
                    int n = udp.receive(b, 0, b.length);
                    udp.send(b, 0, n, udp.source());
                } catch (NetException e) {
                    open = !tcp.ended; // errors of attackers' making are given to the application
                }
            }
        }

        void stopServing() {
            tcp.ended = true;
            tcp.listener.close();
            udp.close();
            runtime.advance(1000 * MILLI);
            assertTrue(tcpThread.isDone() && udpThread.isDone(), HostileFramesTest::whereApplicationsWait);
            tcpThread.join();
            udpThread.join();
        }

        /// A plain echo request is still answered.
        void stillAnswers(Connections attacker) {
            long before = stack.service(Counters.class).value("Icmp.OutEchoReps");
            FrameBuilder f = new FrameBuilder();
            wire.peer(new RawWire.Peer() {
                private boolean asked;

                @Override
                public int next(byte[] into) {
                    if (asked) {
                        return attacker.next(into); // its answers to ARP
                    }
                    asked = true;
                    f.begin(into);
                    f.ethernet(card.macAddress().bits(), HostileFrames.PEER_MAC, 0x0800);
                    f.ipv4(1, HostileFrames.PEER, HostileFrames.VICTIM, 7, 0, new byte[0]);
                    f.transport().u8(8).u8(0).u16(0).u32(1).zeros(56);
                    f.endIp();
                    return f.length;
                }

                @Override
                public void sent(byte[] frame, int length) {
                    attacker.sent(frame, length);
                    wire.ring();
                }
            });
            wire.ring();
            runtime.advance(10_000 * MILLI);
            assertEquals(before + 1, stack.service(Counters.class).value("Icmp.OutEchoReps"));
        }
    }

    /// Accepts, sends a little, reads what came on all connections, and closes the oldest one.
    private static final class StreamServerApp implements Runnable {
        private final byte[] bytes = new byte[5000];
        private final Message message = new Message();
        private StreamServer listener;
        private SystemCalls calls;
        private volatile boolean ended;

        @Override
        public void run() {
            Deque<StreamSocket> open = new ArrayDeque<>();
            while (!ended) {
                try {
                    StreamSocket s = listener.accept();
                    open.add(s);
                    // an attacker with a tiny MSS fills the send buffer with headers; wait for nobody
                    calls.sendmsg(s.fd(), message.bytes(bytes, 0, 2000).flags(MessageFlags.DONTWAIT));
                    open.forEach(this::readAll);
                    while (open.size() > HELD_CONNECTIONS) {
                        open.remove().close();
                    }
                } catch (NetException e) {
                    // the attacker may have reset it; or the listener was closed, and the loop ends
                }
            }
            open.forEach(StreamSocket::close);
        }

        private void readAll(StreamSocket s) {
            long n = 1;
            while (n > 0) {
                n = calls.recvmsg(s.fd(), message.bytes(bytes, 0, bytes.length).flags(MessageFlags.DONTWAIT));
            }
        }
    }
}
