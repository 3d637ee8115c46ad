package dev.netstack4j.systemtests.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.qdisc.Qdiscs;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.core.net.napi.Backlog;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The six queues of the walk, looked at while packets stand in them.
class QueueDepthsTest {
    private static final int SIOCINQ = 0x541B;
    private static final int SIOCOUTQ = 0x5411;

    private static long ring(Stack stack, String name) {
        DeviceStats stats = stack.links().stats(stack.device("eth0"));
        return stats.chip().getOrDefault(name, -1L);
    }

    private static long queued(Stack stack, int fd, int request) {
        OptionValue value = new OptionValue();
        stack.sockets().ioctl(fd, request, value);
        return value.number();
    }

    @Test
    @Mechanism({"I15", "I16"})
    void onASlowWireTheRingFillsThenTheQdiscThenTheSocketAndAllDrain() throws Exception {
        try (Pair pair = Pair.of(StackFactory.find().virtualTime(3), Map.of("rate", "1mbit"))) {
            pair.connect(
                    s -> {
                        s.write(new byte[400_000], 0, 400_000);
                        assertTrue(queued(pair.a, s.fd(), SIOCOUTQ) > 0, "nothing waits in the socket");
                        assertTrue(ring(pair.a, "tx_ring_used") > 0, "nothing waits in the ring");
                    },
                    s -> {
                        byte[] b = new byte[65536];
                        while (s.read(b, 0, b.length) > 0) {
                            // until the end
                        }
                    });
            pair.runtime.pause(5 * Pair.SECOND);
            assertEquals(0, ring(pair.a, "tx_ring_used"));
        }
    }

    @Test
    @Mechanism("I16")
    void moreDatagramsThanTheRingHoldsWaitInTheQdisc() throws Exception {
        try (Pair pair = Pair.of(StackFactory.find().virtualTime(3), Map.of("rate", "100kbit"))) {
            pair.start("sender", () -> {
                        try (DatagramPort port = DatagramPort.bind(pair.a.sockets(), Pair.addressOf(1, 5000))) {
                            port.option(1, 7, 1_000_000);
                            port.send(new byte[1], 0, 1, Pair.addressOf(2, 6000));
                            pair.runtime.pause(Pair.SECOND);
                            for (int i = 0; i < 500; i++) {
                                port.send(new byte[100], 0, 100, Pair.addressOf(2, 6000));
                            }
                            Qdiscs qdiscs = pair.a.service(Qdiscs.class);
                            int waiting = qdiscs.stats(pair.a.device("eth0"))
                                    .getFirst()
                                    .length();
                            assertTrue(waiting > 0, "nothing waits in the qdisc");
                            assertTrue(ring(pair.a, "tx_ring_used") > 200, "the ring is not full");
                        }
                    })
                    .join();
        }
    }

    @Test
    @Mechanism("I16")
    void theReceivingSideShowsPostedBuffersTheBacklogAndTheSocket() throws Exception {
        try (Pair pair = Pair.virtual()) {
            assertTrue(ring(pair.b, "rx_ring_filled") > 200, "no buffers are posted");
            pair.start("application", () -> {
                        try (DatagramPort out = DatagramPort.bind(pair.a.sockets(), Pair.addressOf(1, 5000));
                                DatagramPort in = DatagramPort.bind(pair.b.sockets(), Pair.addressOf(2, 6000))) {
                            out.send(new byte[321], 0, 321, Pair.addressOf(2, 6000));
                            pair.runtime.pause(Pair.SECOND);
                            assertEquals(321, queued(pair.b, in.fd(), SIOCINQ));
                            assertEquals(321, in.receive(new byte[400], 0, 400));
                        }
                    })
                    .join();
            assertEquals(1, backlogWhileHeld(pair.b));
        }
    }

    /// A frame for the backlog stays there while the CPU that would take it is held.
    private static int backlogWhileHeld(Stack stack) {
        Cpus cpus = stack.service(Cpus.class);
        Cpu cpu = cpus.enter();
        try {
            var skb = stack.packets().alloc(200, cpu);
            if (skb == null) {
                throw new AssertionError("no memory");
            }
            skb.reserve(64);
            skb.put(60);
            skb.protocol(0x88B5);
            skb.dev(stack.device("eth0"));
            stack.service(dev.netstack4j.api.link.LinkLayer.class).netifRx(skb, cpu);
            return stack.service(Backlog.class).length(0);
        } finally {
            cpus.leave(cpu);
        }
    }
}
