package dev.netstack4j.proto.ipv4.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.neighbour.Neighbour;
import dev.netstack4j.api.neighbour.NeighbourTable;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import dev.netstack4j.proto.ipv4.route.Routes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

@Mechanism("D17")
class LastStepTest {
    private final Rig rig = new Rig();
    private final NeighbourTable table = Mockito.mock(NeighbourTable.class);
    private final LastStep step = new LastStep(family -> table, rig.get(IpCounters.class), rig.get(IpReasons.class));
    private final Ipv4Dst dst = route();

    @AfterEach
    void nothingLeaks() {
        rig.assertNoLeak();
    }

    private Ipv4Dst route() {
        Ipv4Dst found = rig.get(Routes.class).output(IpAddress.parse("8.8.8.8").v4Bits(), 0, 0, rig.cpu());
        assertNotNull(found);
        return found;
    }

    private SkBuff packet() {
        SkBuff skb = rig.host.packet(Packets.packet().bytes());
        skb.dst(dst);
        return skb;
    }

    private Neighbour neighbour(int answer) {
        Neighbour n = Mockito.mock(Neighbour.class);
        Mockito.when(n.isAlive()).thenReturn(true);
        Mockito.when(n.output(Mockito.any(), Mockito.any())).thenAnswer(call -> {
            rig.done(call.getArgument(0));
            return answer;
        });
        return n;
    }

    @Test
    void theNeighbourOfTheNextHopGetsThePacketAndIsLookedUpOnce() {
        Neighbour n = neighbour(2);
        Mockito.when(table.resolve(IpAddress.parse("10.0.0.254"), rig.eth0, rig.cpu()))
                .thenReturn(n);
        assertEquals(2, step.send(packet(), rig.cpu()));
        assertEquals(2, step.send(packet(), rig.cpu()));
        Mockito.verify(table, Mockito.times(1)).resolve(Mockito.any(), Mockito.any(), Mockito.any());
        Mockito.verify(n, Mockito.times(2)).output(Mockito.any(), Mockito.any());
    }

    @Test
    void aNeighbourThatTheCacheForgotIsLookedUpAgain() {
        Neighbour first = neighbour(0);
        Neighbour second = neighbour(0);
        Mockito.when(table.resolve(Mockito.any(), Mockito.any(), Mockito.any())).thenReturn(first, second);
        step.send(packet(), rig.cpu());
        Mockito.when(first.isAlive()).thenReturn(false);
        step.send(packet(), rig.cpu());
        Mockito.verify(second).output(Mockito.any(), Mockito.any());
        assertSame(second, dst.neighbour(table, rig.cpu()));
    }

    @Test
    void aFullNeighbourTableEndsThePacket() {
        assertEquals(Errno.ENOBUFS.negative(), step.send(packet(), rig.cpu()));
        assertEquals(1, rig.dropped("IP_NO_NEIGHBOUR"));
        assertEquals(1, rig.count("Ip.OutDiscards"));
    }

    @Test
    void anAnswerFromAboveConfirmsTheNeighbour() {
        Neighbour n = neighbour(0);
        Mockito.when(table.resolve(Mockito.any(), Mockito.any(), Mockito.any())).thenReturn(n);
        dst.confirm(rig.cpu());
        step.send(packet(), rig.cpu());
        dst.confirm(rig.cpu());
        Mockito.verify(n, Mockito.times(1)).confirm(rig.cpu());
    }
}
