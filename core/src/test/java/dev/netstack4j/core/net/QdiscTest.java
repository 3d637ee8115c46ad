package dev.netstack4j.core.net;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.protocol.PacketOffload;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscOps;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.core.net.offload.OffloadTable;
import dev.netstack4j.core.registry.CorePoints;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QdiscTest {
    private static final int TYPE = 0x88B5;
    private static final long GAP_NANOS = 1_234_567;

    private final NetHost net = new NetHost();
    private final TestNic nic = new TestNic();
    private final QdiscControl qdiscs = net.part(QdiscControl.class);
    private final DropReason drop = net.host.ledger().drop("TEST_QDISC", "dropped by the test's qdisc");

    @AfterEach
    void nothingLeaks() {
        nic.complete(net.part(SentPacketsQueue.class), net.cpu);
        net.part(NetDeviceTable.class).all().forEach(net.part(LinkControl.class)::down);
        net.host.assertNoLeak();
    }

    /// Keeps `most` packets and lets one go each [#GAP_NANOS].
    private final class Paced implements Qdisc {
        final QdiscContext context;
        final SkBuffQueue held = new SkBuffQueue();
        final int most;
        int longest = Integer.MAX_VALUE;
        long next;

        Paced(QdiscContext context, int most) {
            this.context = context;
            this.most = most;
        }

        @Override
        public int enqueue(SkBuff skb, Cpu cpu) {
            if (held.length() == most) {
                skb.drop(drop, cpu);
                return XmitResult.DROP;
            }
            held.addTail(skb);
            return held.length() == most ? XmitResult.CN : XmitResult.SUCCESS;
        }

        @Override
        public int dequeue(SkBuffQueue into, int maxPackets, int maxBytes, Cpu cpu) {
            if (held.isEmpty()) {
                return 0;
            }
            if (cpu.nowNanos() < next) {
                context.watchdog().schedule(next, cpu);
                return 0;
            }
            next = cpu.nowNanos() + GAP_NANOS;
            into.addTail(held.poll());
            return 1;
        }

        @Override
        public int longestPacket() {
            return longest;
        }

        @Override
        public int drain(SkBuffQueue into, Cpu cpu) {
            int n = held.length();
            into.appendAll(held);
            return n;
        }

        @Override
        public int length() {
            return held.length();
        }

        @Override
        public long backlogBytes() {
            return held.length();
        }

        @Override
        public void reset(Cpu cpu) {
            held.dropAll(drop, cpu);
        }
    }

    private NetDevice device(String kind, QdiscOps ops) throws NetException {
        net.contributions.add(CorePoints.QDISC, "qdisc-" + kind + " 1.0", kind, ops);
        NetDevice eth0 = net.up("eth%d", nic);
        qdiscs.replace(eth0, kind, Options.NONE);
        return eth0;
    }

    private NetDevice paced(int most) throws NetException {
        return device("paced", (context, options) -> new Paced(context, most));
    }

    private int send(NetDevice device, int mark) {
        return net.send(net.frame(device, TYPE, mark));
    }

    private static List<Integer> upTo(int n) {
        return IntStream.range(0, n).boxed().toList();
    }

    @Test
    @Mechanism("F7")
    void aShapersPacketsLeaveAtTheVeryInstantItAskedFor() throws NetException {
        NetDevice eth0 = paced(10);
        List<Long> instants = new ArrayList<>();
        long start = net.host.clock().nanos();
        nic.onStart = () -> instants.add(net.host.clock().nanos() - start);
        for (int i = 0; i < 3; i++) {
            send(eth0, i);
        }
        for (long t = 0; t < 3 * GAP_NANOS; t++) {
            net.host.advance(1);
            net.cpus.runSoftIrqs();
            if (instants.size() == 3) {
                break;
            }
            long left = GAP_NANOS - (net.host.clock().nanos() - start) % GAP_NANOS;
            net.host.advance(Math.max(0, left - 2));
        }
        assertEquals(List.of(0L, GAP_NANOS, 2 * GAP_NANOS), instants);
    }

    @Test
    @Mechanism("F5")
    void whatEnqueueSaysReachesTheSender() throws NetException {
        NetDevice eth0 = paced(2);
        eth0.txQueue(0).stop();
        assertEquals(XmitResult.SUCCESS, send(eth0, 0));
        assertEquals(XmitResult.CN, send(eth0, 1));
        assertEquals(XmitResult.DROP, send(eth0, 2));
        assertEquals(1, qdiscs.stats(eth0).getFirst().drops());
    }

    /// Takes copies for the pieces of a packet that stands for several.
    private final class Copies implements PacketOffload {
        @Override
        public int groFlow(SkBuff skb, Cpu cpu) {
            return 0;
        }

        @Override
        public GroResult groReceive(@Nullable SkBuff held, SkBuff skb, Cpu cpu) {
            return GroResult.PASS;
        }

        @Override
        public void groComplete(SkBuff skb, Cpu cpu) {}

        @Override
        public boolean gsoSegment(SkBuff skb, boolean share, SkBuffQueue into, Cpu cpu) {
            for (int i = 0; i < skb.gsoSegments(); i++) {
                SkBuff piece = requireNonNull(skb.copy(0, cpu));
                piece.gso(GsoType.NONE, 0, 0);
                into.addTail(piece);
            }
            skb.consume(net.host.ledger().consume("TEST_CUT", "cut"), cpu);
            return true;
        }

        @Override
        public int gsoHeaderLength(SkBuff skb) {
            return 0;
        }
    }

    /// The sender keeps what was dropped, and would not believe an acknowledgement of it.
    @Test
    void aPacketWentOutWhenSomeOfItsPiecesDid() throws NetException {
        net.contributions.add(PacketOffload.LINK, "test 1", PacketOffload.key(TYPE), new Copies());
        net.part(OffloadTable.class).start();
        NetDevice eth0 = device("paced", (context, options) -> {
            Paced made = new Paced(context, 2);
            made.longest = 20;
            return made;
        });
        eth0.txQueue(0).stop();
        assertEquals(XmitResult.CN, sendSuper(eth0, 3), "the last of three pieces finds no room");
        assertEquals(XmitResult.DROP, sendSuper(eth0, 2), "no piece finds room");
        assertEquals(3, net.dropped("TEST_QDISC"));
    }

    private int sendSuper(NetDevice device, int segments) {
        SkBuff skb = net.frame(device, TYPE, 1);
        skb.gso(GsoType.TCP4, 10, segments);
        return net.send(skb);
    }

    @Test
    @Mechanism({"F21", "E16"})
    void replacingUnderTrafficKeepsEveryPacketAndTheOrder() throws NetException {
        NetDevice eth0 = paced(100);
        for (int i = 0; i < 20; i++) {
            send(eth0, i);
        }
        assertEquals(List.of(0), nic.sent());
        net.cpus.onGrace = () -> {
            if (nic.sent().size() == 20) {
                send(eth0, 20); // traffic during the replacement
            }
        };
        qdiscs.replace(eth0, "pfifo", Options.NONE);
        net.cpus.runSoftIrqs();
        assertEquals(upTo(21), nic.sent());
        assertEquals("pfifo", qdiscs.kind(eth0));
        assertTrue(net.cpus.graces > 0);
    }

    @Test
    @Mechanism("F21")
    void whatDoesNotFitTheSuccessorIsDroppedWithAReason() throws NetException {
        NetDevice eth0 = paced(3);
        eth0.txQueue(0).stop();
        qdiscs.replace(eth0, "pfifo", Options.NONE);
        for (int i = 0; i < 5; i++) {
            send(eth0, i);
        }
        qdiscs.replace(eth0, "paced", Options.NONE);
        assertEquals(2, net.dropped("TEST_QDISC"));
        assertEquals(3, qdiscs.stats(eth0).getFirst().length());
    }

    @Test
    @Mechanism("F21")
    void withoutASuccessorWhatIsQueuedLeavesFirst() throws NetException {
        NetDevice eth0 = paced(100);
        for (int i = 0; i < 5; i++) {
            send(eth0, i);
        }
        qdiscs.replace(eth0, "noqueue", Options.NONE);
        send(eth0, 5);
        assertEquals(upTo(6), nic.sent());
        qdiscs.replace(eth0, "pfifo", Options.NONE);
        send(eth0, 6);
        assertEquals(upTo(7), nic.sent());
    }

    @Test
    void theQdiscThatWasChosenSurvivesDownAndUp() throws NetException {
        NetDevice eth0 = paced(100);
        send(eth0, 0);
        send(eth0, 1);
        net.part(LinkControl.class).down(eth0);
        assertEquals(1, net.dropped("TEST_QDISC"), "what waited is dropped");
        net.part(LinkControl.class).up(eth0);
        assertEquals("paced", qdiscs.stats(eth0).getFirst().kind());
        net.advance(2 * GAP_NANOS);
        send(eth0, 2);
        assertEquals(List.of(0, 2), nic.sent());
    }

    @Test
    void pfifoFastIsTheDefaultWhereAModuleBringsIt() {
        List<String> made = new ArrayList<>();
        net.contributions.add(CorePoints.QDISC, "qdisc-pfifo-fast 1.0", "pfifo_fast", (context, options) -> {
            made.add(context.device().name());
            return new Paced(context, 10);
        });
        NetDevice eth0 = net.up("eth%d", nic);
        assertEquals(List.of("eth0"), made);
        assertEquals("pfifo_fast", qdiscs.kind(eth0));
    }

    @Test
    void anUnknownKindIsRefusedWithTheKnownOnes() {
        NetDevice eth0 = net.up("eth%d", nic);
        NetException e = assertThrows(NetException.class, () -> qdiscs.replace(eth0, "htb", Options.NONE));
        assertEquals(Errno.ENOENT, e.errno());
        assertTrue(e.getMessage().contains("noqueue, pfifo"), e.getMessage());
        assertEquals(
                Errno.EOPNOTSUPP,
                assertThrows(NetException.class, () -> qdiscs.change(eth0, Options.NONE))
                        .errno());
    }

    /// Throws in every call of the data path.
    private static final class Broken implements Qdisc {
        @Override
        public int enqueue(SkBuff skb, Cpu cpu) {
            throw new IllegalStateException("made by the test");
        }

        @Override
        public int dequeue(SkBuffQueue into, int maxPackets, int maxBytes, Cpu cpu) {
            throw new IllegalStateException("made by the test");
        }

        @Override
        public int length() {
            return 0;
        }

        @Override
        public long backlogBytes() {
            return 0;
        }

        @Override
        public void reset(Cpu cpu) {}
    }

    @Test
    void aQdiscThatThrowsLosesItsPacketWithItsName() throws NetException {
        NetDevice eth0 = device("broken", (context, options) -> new Broken());
        assertEquals(XmitResult.DROP, send(eth0, 0));
        assertEquals(1, net.dropped("HANDLER_FAILED_QDISC_BROKEN"));
        qdiscs.replace(eth0, "pfifo", Options.NONE);
        send(eth0, 1);
        assertEquals(List.of(1), nic.sent());
    }
}
