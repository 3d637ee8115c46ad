package dev.netstack4j.proto.ipv4.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.InetPolicy;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.proto.ipv4.raw.RawOps;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalDeliveryTest {
    private final Rig rig = new Rig();

    @AfterEach
    void nothingLeaks() {
        rig.assertNoLeak();
    }

    @Test
    @Mechanism({"E6", "D29"})
    void aThirdPartyProtocolGetsItsPackets() {
        Rig.Keeper mine = rig.keep(253);
        rig.receive(Packets.packet().protocol(253).payload(10, 3).bytes());
        List<byte[]> got = rig.take(mine.packets);
        assertEquals(1, got.size());
        assertArrayEquals(Packets.counting(10, 3), got.getFirst());
        assertEquals(1, rig.count("Ip.InDelivers"));
    }

    @Test
    @Mechanism({"D29", "D23"})
    void anUnknownProtocolIsAnsweredAsUnreachable() {
        byte[] asked = Packets.packet().protocol(200).payload(12, 1).bytes();
        rig.receive(asked);
        byte[] error = rig.sentOne();
        assertEquals("10.0.0.1", Packets.address(error, 12));
        assertEquals("10.0.0.2", Packets.address(error, 16));
        assertEquals(3, Packets.u8(error, 20));
        assertEquals(2, Packets.u8(error, 21));
        assertArrayEquals(asked, java.util.Arrays.copyOfRange(error, 28, error.length));
        assertEquals(1, rig.count("Ip.InUnknownProtos"));
        assertEquals(1, rig.dropped("IP_NO_PROTOCOL"));
    }

    @Test
    @Mechanism("D30")
    void rawSocketsGetACopyAndTheProtocolStillGetsThePacket() {
        Rig.Keeper transport = rig.keep(6);
        RawOps ops = rig.get(RawOps.class);
        InetSock raw = rig.sock(ops, SocketType.RAW, 6);
        byte[] packet = Packets.packet().protocol(6).payload(20, 9).bytes();
        rig.receive(packet);
        SkBuff copy = raw.receiveQueue().peek();
        assertNotNull(copy);
        assertArrayEquals(packet, rig.host.bytes(copy));
        assertArrayEquals(Packets.counting(20, 9), rig.take(transport.packets).getFirst());
        ops.release(raw, rig.cpu());
        rig.receive(packet);
        assertEquals(1, rig.take(transport.packets).size());
    }

    @Test
    @Mechanism("D30")
    void aRawSocketAloneIsReasonEnoughNotToComplain() {
        RawOps ops = rig.get(RawOps.class);
        InetSock raw = rig.sock(ops, SocketType.RAW, 99);
        rig.receive(Packets.packet().protocol(99).payload(4, 0).bytes());
        assertEquals(1, raw.receiveQueue().length());
        assertEquals(0, rig.sent().size());
        ops.release(raw, rig.cpu());
    }

    @Test
    void aProtocolThatThrowsIsContainedAndNamed() {
        rig.protocol(253, throwing(new IllegalStateException("bug of the test's protocol")));
        rig.receive(Packets.packet().payload(4, 0).bytes());
        rig.protocol(253, throwing(new NoClassDefFoundError("missing class of the test's protocol")));
        rig.receive(Packets.packet().payload(4, 0).bytes());
        assertEquals(2, rig.dropped("IP_PROTOCOL_FAILED_253"));
        Rig.Keeper good = rig.keep(253);
        rig.receive(Packets.packet().payload(4, 0).bytes());
        assertEquals(1, rig.take(good.packets).size());
    }

    @Test
    void aProtocolThatThrowsAfterEndingThePacketCostsNothing() {
        var done = rig.host.ledger().consume("TEST_DONE", "ended by the test's protocol");
        rig.protocol(253, (skb, cpu) -> {
            skb.consume(done, cpu);
            throw new IllegalStateException("too late");
        });
        rig.receive(Packets.packet().payload(4, 0).bytes());
        assertEquals(0, rig.dropped("IP_PROTOCOL_FAILED_253"));
    }

    private static NetProtocol throwing(Throwable e) {
        return (skb, cpu) -> LocalDeliveryTest.<RuntimeException>sneak(e);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable e) throws E {
        throw (E) e;
    }

    @Test
    @Mechanism("D31")
    void aPolicyIsAskedUnlessTheProtocolChecksItself() {
        Rig.Keeper open = rig.keep(253);
        Rig.Keeper[] guarded = {new Rig.Keeper()};
        rig.protocol(252, new NetProtocol() {
            @Override
            public void receive(SkBuff skb, Cpu cpu) {
                guarded[0].receive(skb, cpu);
            }

            @Override
            public boolean noPolicy() {
                return false;
            }
        });
        InetPolicy refuse = (skb, family, protocol, cpu) -> false;
        rig.plug(refuse);
        rig.receive(Packets.packet().protocol(252).payload(4, 0).bytes());
        rig.receive(Packets.packet().protocol(253).payload(4, 0).bytes());
        assertEquals(1, rig.dropped("IP_POLICY"));
        assertEquals(0, guarded[0].packets.length());
        assertEquals(1, rig.take(open.packets).size());
    }

    @Test
    @Mechanism({"D9", "D33"})
    void theHooksOfAPacketForThisHostAreTwo() {
        Rig.Keeper k = rig.keep(253);
        rig.receive(Packets.packet().payload(4, 0).bytes());
        assertEquals(List.of(HookPoint.PRE_ROUTING, HookPoint.LOCAL_IN), rig.netfilter.passed());
        rig.take(k.packets);
    }

    @Test
    @Mechanism({"C35", "D3"})
    void aSocketFoundEarlyBringsItsRouteAndNoLookupHappens() {
        Dst[] known = new Dst[1];
        Rig.Keeper k = new Rig.Keeper();
        rig.protocol(253, new NetProtocol() {
            @Override
            public void receive(SkBuff skb, Cpu cpu) {
                known[0] = skb.dst();
                k.receive(skb, cpu);
            }

            @Override
            public void earlyDemux(SkBuff skb, Cpu cpu) {
                if (known[0] != null && known[0].isValid()) {
                    skb.dst(known[0]);
                }
            }
        });
        byte[] packet = Packets.packet().payload(4, 0).bytes();
        rig.receive(packet);
        long after = rig.count("Ip.RouteLookups");
        rig.receive(packet);
        rig.receive(packet);
        assertEquals(after, rig.count("Ip.RouteLookups"));
        rig.control.flush();
        rig.receive(packet);
        assertEquals(after + 1, rig.count("Ip.RouteLookups"));
        assertEquals(4, rig.take(k.packets).size());
        rig.host.sysctls().set("net.ipv4.ip_early_demux", 0);
        rig.receive(packet);
        assertEquals(after + 2, rig.count("Ip.RouteLookups"));
        assertTrue(rig.take(k.packets).size() == 1);
    }

    @Test
    @Mechanism("J8")
    void twoHostsShareNothing() {
        Rig other = new Rig();
        other.control.flush();
        Rig.Keeper here = rig.keep(253);
        rig.receive(Packets.packet().payload(4, 0).bytes());
        assertEquals(1, rig.count("Ip.InDelivers"));
        assertEquals(0, other.count("Ip.InDelivers"));
        rig.take(here.packets);
        other.assertNoLeak();
    }
}
