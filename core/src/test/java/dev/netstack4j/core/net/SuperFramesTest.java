package dev.netstack4j.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.protocol.PacketOffload;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.offload.GroTable;
import dev.netstack4j.core.net.offload.GsoCutter;
import dev.netstack4j.core.net.offload.OffloadTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When core asks protocols to merge and to cut. The protocol here merges packets of one mark; a mark of 0 takes no
/// part, one above 99 throws.
class SuperFramesTest {
    private static final int TYPE = 0x88B5;

    private final NetHost net = new NetHost();
    private final ConsumeReason done = net.host.ledger().consume("TEST", "the test is over");
    private final SkBuffQueue batch = new SkBuffQueue();
    private final NetDevice eth0 =
            net.up("eth%d", new TestNic(), c -> c.hardwareFeatures(DeviceFeatures.SG | DeviceFeatures.GRO));
    private final GroTable table = new GroTable(net.part(OffloadTable.class));

    private final class Marks implements PacketOffload {
        @Override
        public int groFlow(SkBuff skb, Cpu cpu) {
            if (skb.mark() == 100) {
                throw new IllegalStateException("asked for");
            }
            return skb.mark();
        }

        @Override
        public GroResult groReceive(@Nullable SkBuff held, SkBuff skb, Cpu cpu) {
            if (skb.mark() == 101) {
                throw new IllegalStateException("asked for");
            }
            if (held == null) {
                return GroResult.HOLD;
            }
            held.gso(GsoType.TCP4, 1, Math.max(1, held.gsoSegments()) + 1);
            skb.consume(done, cpu);
            return GroResult.MERGED;
        }

        @Override
        public void groComplete(SkBuff skb, Cpu cpu) {
            skb.priority(skb.gsoSegments());
        }

        @Override
        public boolean gsoSegment(SkBuff skb, boolean share, SkBuffQueue into, Cpu cpu) {
            return false;
        }

        @Override
        public int gsoHeaderLength(SkBuff skb) {
            return 0;
        }
    }

    @BeforeEach
    void aProtocolMergesByMark() {
        net.contributions.add(PacketOffload.LINK, "test 1", PacketOffload.key(TYPE), new Marks());
        net.part(OffloadTable.class).start();
    }

    @AfterEach
    void nothingIsLeft() {
        batch.consumeAll(done, net.cpu);
        net.host.assertNoLeak();
    }

    private List<String> receive(int... marks) {
        for (int mark : marks) {
            table.receive(net.received(eth0, TYPE, mark), batch, net.cpu);
        }
        table.flush(net.cpu);
        List<String> seen = new ArrayList<>();
        for (SkBuff skb = batch.peek(); skb != null; skb = skb.next()) {
            seen.add(skb.mark() + "x" + Math.max(1, skb.priority()));
        }
        return seen;
    }

    @Test
    void packetsOfAFlowMergeAtThePlaceOfTheFirstAndOthersKeepTheirOrder() {
        assertEquals(List.of("1x3", "0x1", "2x2", "0x1"), receive(1, 0, 2, 1, 0, 2, 1));
    }

    @Test
    void withTooManyFlowsTheOldestGrowsNoMore() {
        assertEquals(
                List.of("1x2", "2x1", "3x1", "4x1", "5x1", "6x1", "7x1", "8x1", "9x2", "1x1"),
                receive(1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 1));
    }

    @Test
    void whatIsSuperAlreadyPassesAlone() {
        SkBuff whole = net.received(eth0, TYPE, 1);
        whole.gso(GsoType.TCP4, 1, 5);
        table.receive(whole, batch, net.cpu);
        assertEquals(List.of("1x1", "1x1"), receive(1));
    }

    @Test
    void flowsOfDifferentDevicesAreApart() {
        NetDevice eth1 = net.up("eth%d", new TestNic(), c -> c.hardwareFeatures(DeviceFeatures.GRO));
        table.receive(net.received(eth1, TYPE, 1), batch, net.cpu);
        assertEquals(List.of("1x1", "1x2"), receive(1, 1));
    }

    @Test
    void aProtocolThatThrowsIsContained() {
        assertEquals(List.of("100x1", "1x2"), receive(100, 1, 101, 1));
        assertEquals(1, net.dropped("HANDLER_FAILED_TEST"));
    }

    @Test
    void aDeviceCutsWhatItAnnounces() {
        SkBuff skb = net.received(eth0, TYPE, 1);
        skb.gso(GsoType.TCP4, 1448, 3);
        assertFalse(GsoCutter.deviceCuts(skb, eth0.config()));
        eth0.config().features(eth0.config().features() | DeviceFeatures.TSO);
        assertTrue(GsoCutter.deviceCuts(skb, eth0.config()));
        eth0.config().gsoMaxSize(1);
        assertFalse(GsoCutter.deviceCuts(skb, eth0.config()), "longer than it takes");
        skb.gso(GsoType.UDP_L4, 1448, 3);
        assertFalse(GsoCutter.deviceCuts(skb, eth0.config()));
        batch.addTail(skb);
    }

    @Test
    void whoGathersTakesSuperFramesUnlessSwitchedOff() {
        assertTrue(eth0.hasFeature(DeviceFeatures.GSO));
        NetDevice plain = net.up("eth%d", new TestNic(), c -> {});
        assertFalse(plain.hasFeature(DeviceFeatures.GSO));
    }
}
