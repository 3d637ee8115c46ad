package dev.netstack4j.core.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.link.EtherType;
import dev.netstack4j.api.qdisc.QdiscStats;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Context;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.device.DeviceTxQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransmitTest {
    private static final int TYPE = 0x88B5;

    private final NetHost net = new NetHost();
    private final TestNic nic = new TestNic();
    private final ConsumeReason done = net.host.ledger().consume("TEST_DONE", "seen by the test");

    @AfterEach
    void nothingLeaks() {
        nic.complete(net.part(SentPacketsQueue.class), net.cpu);
        net.part(NetDeviceTable.class).all().forEach(net.part(LinkControl.class)::down);
        net.host.assertNoLeak();
        assertFalse(nic.entered, "the driver was entered twice");
        assertFalse(nic.startedWhileStopped, "a stopped queue was used");
    }

    private int send(NetDevice device, int mark) {
        return net.send(net.frame(device, TYPE, mark));
    }

    private QdiscStats stats(NetDevice device) {
        return net.part(QdiscControl.class).stats(device).getFirst();
    }

    private static List<Integer> upTo(int n) {
        return IntStream.range(0, n).boxed().toList();
    }

    /// The device completes what it has, and has room again.
    private void roomAgain(NetDevice device, int room) {
        nic.complete(net.part(SentPacketsQueue.class), net.cpu);
        nic.room = room;
        device.txQueue(0).wake(net.cpu);
    }

    @Test
    @Mechanism({"F22", "F10", "F16"})
    void theSenderItselfRunsTheDriverPastAnEmptyQdisc() {
        NetDevice eth0 = net.up("eth%d", nic);
        assertEquals(XmitResult.SUCCESS, send(eth0, 1));
        assertEquals(List.of(Context.PROCESS), nic.contexts);
        assertEquals(1, stats(eth0).bypasses());
        assertEquals(1, stats(eth0).packets());
    }

    @Test
    @Mechanism({"F10", "F1", "F12"})
    void nothingOvertakesABacklog() {
        NetDevice eth0 = net.up("eth%d", nic);
        eth0.txQueue(0).stop();
        send(eth0, 0);
        send(eth0, 1);
        assertEquals(0, nic.starts, "a stopped queue is not touched");
        assertEquals(2, stats(eth0).length());
        assertEquals(0, stats(eth0).bypasses());
        assertEquals(0, stats(eth0).requeues(), "they wait in the qdisc, not behind it");
        eth0.txQueue(0).wake(net.cpu);
        net.cpus.runSoftIrqs();
        assertEquals(upTo(2), nic.sent());
    }

    @Test
    @Mechanism({"F4", "F5"})
    void theDefaultQueueHoldsAThousandPacketsAndTheSenderHearsOfTheNext() {
        NetDevice eth0 = net.up("eth%d", nic);
        eth0.txQueue(0).stop();
        for (int i = 0; i < 1000; i++) {
            assertEquals(XmitResult.SUCCESS, send(eth0, i));
        }
        assertEquals(XmitResult.DROP, send(eth0, 1000));
        assertEquals(1, net.dropped("QDISC_DROP"));
        assertEquals(1, stats(eth0).drops());
    }

    @Test
    @Mechanism("J1")
    void theQueueLengthIsASetting() throws Exception {
        NetDevice eth0 = net.up("eth%d", nic);
        net.part(LinkControl.class).down(eth0);
        net.host.sysctls().set("net.dev.eth0.tx_queue_len", 2);
        net.part(LinkControl.class).up(eth0);
        eth0.txQueue(0).stop();
        assertEquals(XmitResult.SUCCESS, send(eth0, 0));
        assertEquals(XmitResult.SUCCESS, send(eth0, 1));
        assertEquals(XmitResult.DROP, send(eth0, 2));
    }

    @Test
    @Mechanism({"F8", "F12"})
    void whatTheDriverRefusedGoesFirstWhenItHasRoomAgain() {
        NetDevice eth0 = net.up("eth%d", nic);
        nic.room = 3;
        nic.stopWhenFull = true;
        eth0.txQueue(0).stop();
        for (int i = 0; i < 10; i++) {
            send(eth0, i);
        }
        eth0.txQueue(0).wake(net.cpu);
        net.cpus.runSoftIrqs();
        assertEquals(upTo(3), nic.sent(), "it stopped in the middle of a batch");
        roomAgain(eth0, 100);
        net.cpus.runSoftIrqs();
        assertEquals(upTo(10), nic.sent());
    }

    @Test
    @Mechanism({"F8", "F10"})
    void aNewPacketOvertakesNeitherWhatWasRefusedNorWhatIsQueued() {
        NetDevice eth0 = net.up("eth%d", nic);
        nic.room = 0;
        send(eth0, 0);
        send(eth0, 1);
        nic.room = 100;
        send(eth0, 2);
        assertEquals(upTo(3), nic.sent());
    }

    @Test
    @Mechanism("F8")
    void aDriverThatIsBusyWithoutStoppingIsAskedSeldomAndLosesNothing() {
        NetDevice eth0 = net.up("eth%d", nic);
        nic.room = 0;
        for (int i = 0; i < 3; i++) {
            send(eth0, i);
        }
        net.cpus.runSoftIrqs();
        int before = nic.starts;
        net.advance(10_000_000);
        assertTrue(nic.starts - before < 50, "asked " + (nic.starts - before) + " times in 10 ms");
        assertTrue(stats(eth0).requeues() > 2);
        nic.room = 100;
        net.advance(5_000_000);
        assertEquals(upTo(3), nic.sent());
    }

    @Test
    @Mechanism({"F6", "F9", "F20"})
    void oneRunMovesItsQuotaAndNetTxGoesOn() {
        NetDevice eth0 = net.up("eth%d", nic);
        eth0.txQueue(0).stop();
        for (int i = 0; i < 200; i++) {
            send(eth0, i);
        }
        eth0.txQueue(0).wake(net.cpu);
        net.cpus.runOnce();
        assertEquals(64, nic.sent().size());
        net.cpus.runSoftIrqs();
        assertEquals(upTo(200), nic.sent());
        assertEquals(Context.SOFTIRQ, nic.contexts.getFirst());
    }

    @Test
    @Mechanism({"F6", "F11"})
    void whoSendsWhileSomebodyRunsOnlyQueues() {
        NetDevice eth0 = net.up("eth%d", nic);
        List<Integer> marks = new ArrayList<>(List.of(1, 2));
        nic.onStart = () -> {
            if (!marks.isEmpty()) {
                send(eth0, marks.removeFirst());
            }
        };
        send(eth0, 0);
        assertEquals(upTo(3), nic.sent());
    }

    @Test
    @Mechanism("F11")
    void theDriverIsEnteredUnderTheLockOfItsQueue() {
        NetDevice eth0 = net.up("eth%d", nic);
        List<Boolean> locked = new ArrayList<>();
        nic.onStart = () -> locked.add(((DeviceTxQueue) eth0.txQueue(0)).isLockedBy(net.cpu));
        send(eth0, 0);
        send(eth0, 1);
        assertEquals(List.of(true, true), locked);
    }

    @Test
    void batchesTellTheDriverThatMoreFollows() {
        NetDevice eth0 = net.up("eth%d", nic);
        eth0.txQueue(0).stop();
        for (int i = 0; i < 9; i++) {
            send(eth0, i);
        }
        eth0.txQueue(0).wake(net.cpu);
        net.cpus.runSoftIrqs();
        assertEquals(List.of(true, true, true, true, true, true, true, false, false), nic.mores);
    }

    @Test
    @Mechanism("F2")
    void aDeviceWithoutAQueueSendsAtOnceAndDropsWhenFull() {
        NetDevice eth0 = net.up("eth%d", nic, c -> c.txQueueLength(0));
        assertEquals("noqueue", net.part(QdiscControl.class).kind(eth0));
        assertEquals(0, send(eth0, 0));
        nic.room = 1;
        assertEquals(Errno.ENETDOWN.negative(), send(eth0, 1));
        assertEquals(1, net.dropped("NET_TX_BUSY"));
    }

    @Test
    void aDeviceThatSendsThroughItselfIsStopped() {
        NetDevice eth0 = net.up("eth%d", nic, c -> c.txQueueLength(0));
        nic.onStart = () -> assertEquals(Errno.ENETDOWN.negative(), send(eth0, 1));
        send(eth0, 0);
        assertEquals(1, net.dropped("NET_TX_RECURSION"));
        assertEquals(0, net.counter("Failures.core-net"));
    }

    @Test
    @Mechanism("F13")
    void aFlowStaysOnItsQueueAndFlowsSpread() {
        NetDevice eth0 = net.up("eth%d", nic, c -> c.txQueues(4));
        boolean[] used = new boolean[4];
        for (int flow = 1; flow <= 64; flow++) {
            int first = queueOf(eth0, flow);
            assertEquals(first, queueOf(eth0, flow));
            used[first] = true;
        }
        assertArrayEquals(new boolean[] {true, true, true, true}, used);
        nic.selected = 2;
        assertEquals(2, queueOf(eth0, 1), "the driver's choice wins");
    }

    private int queueOf(NetDevice device, int flow) {
        SkBuff skb = net.frame(device, EtherType.IPV4, flow);
        skb.put8(skb.networkHeader(), 0x45);
        skb.put32(skb.networkHeader() + 12, 0x0A000000 | flow);
        net.send(skb);
        return nic.ring.peekTail().queueMapping();
    }

    @Test
    @Mechanism({"F14", "F15"})
    void tapsSeeThePacketBeforeTheDeviceCompletesItsChecksum() {
        NetDevice eth0 = net.up("eth%d", nic, c -> c.hardwareFeatures(DeviceFeatures.HW_CSUM));
        List<ChecksumState> seen = new ArrayList<>();
        tap(seen);
        net.send(partial(eth0));
        assertEquals(List.of(ChecksumState.PARTIAL), seen);
        assertEquals(ChecksumState.PARTIAL, nic.ring.peek().checksumState());
    }

    @Test
    @Mechanism({"A17", "F15"})
    void withoutOffloadTheChecksumIsCompleteBeforeTapsAndDriver() {
        NetDevice eth0 = net.up("eth%d", nic);
        List<ChecksumState> seen = new ArrayList<>();
        tap(seen);
        SkBuff skb = partial(eth0);
        int at = skb.csumStart();
        net.send(skb);
        assertEquals(List.of(ChecksumState.NONE), seen);
        int whole = skb.sum(at - skb.data(), skb.length() - (at - skb.data()));
        assertEquals(0xFFFF, Checksum.fold(whole), "the sum over a good checksum is all ones");
    }

    private void tap(List<ChecksumState> seen) {
        net.part(PacketTypeTable.class)
                .add(
                        EtherType.ALL,
                        null,
                        (s, d, o, cpu) -> {
                            seen.add(s.checksumState());
                            s.consume(done, cpu);
                        },
                        "tap");
    }

    private SkBuff partial(NetDevice device) {
        SkBuff skb = net.frame(device, EtherType.IPV4, 0x55);
        skb.checksumPartial(skb.networkHeader() + 20, 6);
        return skb;
    }

    @Test
    @Mechanism("F14")
    void aTapSeesAPacketOnceHoweverOftenTheDriverRefusesIt() {
        NetDevice eth0 = net.up("eth%d", nic);
        List<ChecksumState> seen = new ArrayList<>();
        tap(seen);
        nic.room = 0;
        send(eth0, 0);
        net.advance(1_000_000);
        nic.room = 9;
        net.advance(5_000_000);
        assertEquals(1, nic.sent().size());
        assertEquals(1, seen.size());
    }

    @Test
    @Mechanism({"A6", "A7"})
    void fragmentsBecomeOneAreaOnlyForADeviceThatNeedsIt() {
        NetDevice plain = net.up("eth%d", nic);
        TestNic gathering = new TestNic();
        NetDevice sg = net.up("eth%d", gathering, c -> c.hardwareFeatures(DeviceFeatures.SG));
        net.send(withFragment(plain));
        assertEquals(0, nic.ring.peek().frags());
        assertEquals(1, net.host.ledger().copies());
        net.send(withFragment(sg));
        assertEquals(1, gathering.ring.peek().frags());
        assertEquals(1, net.host.ledger().copies());
        assertArrayEquals(tail(nic.ring.peek()), tail(gathering.ring.peek()));
        gathering.complete(net.part(SentPacketsQueue.class), net.cpu);
    }

    private SkBuff withFragment(NetDevice device) {
        SkBuff skb = net.frame(device, TYPE, 1);
        skb.addFragPage(600, net.cpu);
        net.host.pool().memory().write(skb.appendToFrag(3), new byte[] {7, 8, 9}, 0, 3);
        return skb;
    }

    private byte[] tail(SkBuff skb) {
        byte[] last = new byte[3];
        skb.read(skb.length() - 3, last, 0, 3);
        return last;
    }

    @Test
    void theVlanTagGoesIntoTheBytesUnlessTheDeviceInsertsIt() {
        NetDevice eth0 = net.up("eth%d", nic);
        SkBuff skb = net.frame(eth0, TYPE, 1);
        skb.vlanTag(42);
        net.send(skb);
        int at = skb.data();
        assertEquals(0x02_00_00_00_00_99L, skb.get64(at) >>> 16);
        assertEquals(EtherType.VLAN, skb.get16(at + 12));
        assertEquals(42, skb.get16(at + 14));
        assertEquals(TYPE, skb.get16(at + 16));
        assertFalse(skb.vlanPresent());
    }

    @Test
    void nothingIsSentThroughADeviceThatIsDownOrHasNoLink() {
        NetDevice eth0 = net.down("eth%d", nic, c -> {});
        assertEquals(Errno.ENETDOWN.negative(), send(eth0, 0));
        NetDevice eth1 = net.up("eth%d", nic);
        eth1.carrier(false);
        assertEquals(XmitResult.CN, send(eth1, 1));
        assertEquals(1, net.dropped("NET_DEV_DOWN"));
        assertEquals(1, net.dropped("NET_NO_CARRIER"));
        SkBuff lost = net.frame(eth1, TYPE, 2);
        lost.dev(null);
        assertEquals(Errno.ENODEV.negative(), net.send(lost));
    }

    /// Throws in every call of the data path.
    private static final class Broken implements NetDeviceOps {
        @Override
        public void open() {}

        @Override
        public void stop() {}

        @Override
        public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
            throw new LinkageError("made by the test");
        }

        @Override
        public void stats(DeviceStats into) {}
    }

    @Test
    void aDriverThatThrowsLosesItsPacketAndTheQueueGoesOn() {
        NetDevice eth0 = net.up("eth%d", new Broken());
        send(eth0, 0);
        send(eth0, 1);
        assertEquals(2, net.dropped("HANDLER_FAILED_CORE_NET"));
        assertEquals(0, stats(eth0).length());
    }

    @Test
    @Mechanism("F12")
    void aQueueThatStandsForFiveSecondsIsReportedToItsDriverInProcessContext() {
        NetDevice eth0 = net.up("eth%d", nic);
        nic.room = 1;
        nic.stopWhenFull = true;
        send(eth0, 0);
        net.advance(4_900_000_000L);
        assertFalse(nic.calls.contains("timeout 0"));
        net.advance(200_000_000L);
        assertTrue(nic.calls.contains("timeout 0"));
        assertEquals(1, net.counter("Softnet.TxTimeouts"));
    }

    @Test
    void aQueueThatMovesIsNotReported() {
        NetDevice eth0 = net.up("eth%d", nic);
        nic.room = 1;
        nic.stopWhenFull = true;
        for (int i = 0; i < 4; i++) {
            send(eth0, i);
            net.advance(3_000_000_000L);
            roomAgain(eth0, 1);
            net.cpus.runSoftIrqs();
        }
        assertFalse(nic.calls.contains("timeout 0"));
    }

    @Test
    @Mechanism("F17")
    void theOwnerIsToldWhenTheDeviceHasSentIt() {
        NetDevice eth0 = net.up("eth%d", nic);
        List<Integer> released = new ArrayList<>();
        SkBuff skb = net.frame(eth0, TYPE, 7);
        skb.owner((s, cpu) -> released.add(s.mark()));
        net.send(skb);
        assertEquals(List.of(), released);
        nic.complete(net.part(SentPacketsQueue.class), net.cpu);
        assertEquals(List.of(7), released);
    }
}
