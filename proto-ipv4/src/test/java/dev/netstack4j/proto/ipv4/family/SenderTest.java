package dev.netstack4j.proto.ipv4.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.netfilter.HookPoint;
import dev.netstack4j.api.netfilter.Verdict;
import dev.netstack4j.api.protocol.AddressPair;
import dev.netstack4j.api.protocol.AddressType;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.Flow;
import dev.netstack4j.api.protocol.InetFamilyOps.Unreachable;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.proto.ipv4.raw.RawOps;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SenderTest {
    private final Rig rig = new Rig();
    private final Ipv4FamilyOps ipv4 = rig.get(Ipv4FamilyOps.class);
    private final InetSock sock = connected("10.0.0.1", "10.0.0.2");

    @AfterEach
    void nothingLeaks() {
        rig.get(RawOps.class).release(sock, rig.cpu());
        rig.assertNoLeak();
    }

    private InetSock connected(String from, String to) {
        InetSock s = rig.sock(rig.get(RawOps.class), SocketType.RAW, 6);
        s.localAddress(IpAddress.parse(from));
        s.remoteAddress(IpAddress.parse(to));
        return s;
    }

    private SkBuff segment(int length) {
        SkBuff skb = rig.host.packet(Packets.counting(length, 1));
        skb.resetTransportHeader();
        return skb;
    }

    private int send(int length) {
        return ipv4.queueXmit(sock, segment(length), rig.cpu());
    }

    @Test
    @Mechanism({"D1", "D3"})
    void aRouteIsLookedUpOnceAndAgainAfterAFlush() {
        long before = rig.count("Ip.RouteLookups");
        for (int i = 0; i < 5; i++) {
            assertEquals(0, send(100));
        }
        assertEquals(1, rig.count("Ip.RouteLookups") - before);
        rig.control.flush();
        send(100);
        send(100);
        assertEquals(2, rig.count("Ip.RouteLookups") - before);
    }

    @Test
    @Mechanism({"D5", "D6", "D7"})
    void theHeaderSaysWhatTheSocketSays() {
        sock.tos(0x08);
        sock.ttl(33);
        send(100);
        byte[] sent = rig.sentOne();
        assertArrayEquals(
                Packets.packet()
                        .between("10.0.0.1", "10.0.0.2")
                        .tos(8)
                        .ttl(33)
                        .ident(0)
                        .word(0x4000)
                        .protocol(6)
                        .payload(100, 1)
                        .bytes(),
                sent);
    }

    @Test
    @Mechanism("D6")
    void withoutDiscoveryNothingSaysDontFragment() {
        sock.mtuDiscover(0);
        send(100);
        send(100);
        List<byte[]> sent = rig.sent();
        assertEquals(0, Packets.u16(sent.get(0), 6));
        assertEquals(Packets.u16(sent.get(0), 4) + 1 & 0xFFFF, Packets.u16(sent.get(1), 4));
        sock.mtuDiscover(1);
        rig.host.sysctls().set("net.ipv4.ip_no_pmtu_disc", 1);
        send(100);
        assertEquals(0, Packets.u16(rig.sentOne(), 6));
    }

    @Test
    @Mechanism({"D11", "D15"})
    void aSegmentThatIsTooLongIsRefusedNotFragmented() {
        assertEquals(0, send(1480));
        assertEquals(Errno.EMSGSIZE.negative(), send(1481));
        assertEquals(1, rig.sent().size());
        assertEquals(0, rig.count("Ip.FragCreates"));
    }

    @Test
    @Mechanism("D2")
    void theDstDecidesWhatHappensToAPacket() {
        List<Integer> lengths = new ArrayList<>();
        sock.dst(new Swapped(lengths));
        assertEquals(Errno.ENETUNREACH.negative(), send(100));
        assertEquals(List.of(120), lengths);
        assertEquals(0, rig.sent().size());
    }

    /// A route that takes packets and says that the network is unreachable.
    private final class Swapped implements Dst {
        private final List<Integer> lengths;

        Swapped(List<Integer> lengths) {
            this.lengths = lengths;
        }

        @Override
        public NetDevice device() {
            return rig.eth0;
        }

        @Override
        public int input(SkBuff skb, Cpu cpu) {
            return output(null, skb, cpu);
        }

        @Override
        public int output(@Nullable Sock from, SkBuff skb, Cpu cpu) {
            lengths.add(skb.length());
            rig.done(skb);
            return Errno.ENETUNREACH.negative();
        }

        @Override
        public int mtu() {
            return 1500;
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public void confirm(Cpu cpu) {}
    }

    @Test
    @Mechanism({"D8", "D9", "D10"})
    void aPacketOfThisHostPassesLocalOutOnceAndMayBeHeldThere() {
        List<SkBuff> held = new ArrayList<>();
        try (var _ = rig.netfilter.add(
                HookPoint.LOCAL_OUT,
                AddressFamily.INET,
                0,
                (skb, state, cpu) -> {
                    held.add(skb);
                    return Verdict.STOLEN;
                },
                "test")) {
            assertEquals(0, send(100));
        }
        assertEquals(List.of(HookPoint.LOCAL_OUT), rig.netfilter.passed());
        assertEquals(0, rig.sent().size());
        SkBuff skb = held.getFirst();
        Dst dst = skb.dst();
        assertNotNull(dst);
        dst.output(null, skb, rig.cpu());
        assertEquals(120, rig.sentOne().length);
        assertEquals(List.of(HookPoint.LOCAL_OUT, HookPoint.POST_ROUTING), rig.netfilter.passed());
    }

    @Test
    @Mechanism("D9")
    void aHookThatDropsGivesTheSenderAnError() {
        for (HookPoint p : List.of(HookPoint.LOCAL_OUT, HookPoint.POST_ROUTING)) {
            try (var _ = rig.netfilter.add(p, AddressFamily.INET, 0, (skb, state, cpu) -> Verdict.DROP, "test")) {
                assertEquals(Errno.EPERM.negative(), send(100));
            }
        }
        assertEquals(0, rig.sent().size());
    }

    @Test
    void withoutARouteTheSenderIsTold() {
        rig.up(rig.eth0, false);
        assertEquals(Errno.EHOSTUNREACH.negative(), send(100));
        assertEquals(1, rig.dropped("IP_NO_ROUTE"));
        assertEquals(1, rig.count("Ip.OutNoRoutes"));
        Flow flow = new Flow().reset(IpAddress.ANY_V4, IpAddress.parse("8.8.8.8"), 17);
        assertEquals(Errno.ENETUNREACH.negative(), ipv4.routeOutput(flow, rig.cpu()));
    }

    @Test
    void aFlowIsAnsweredWithRouteAndSource() {
        Flow flow = new Flow().reset(IpAddress.ANY_V4, IpAddress.parse("10.1.0.9"), 17);
        assertEquals(0, ipv4.routeOutput(flow, rig.cpu()));
        assertEquals("10.1.0.1", flow.source().toString());
        Dst dst = flow.dst();
        assertEquals(rig.eth1, dst == null ? null : dst.device());
        flow.reset(IpAddress.parse("10.0.0.99"), IpAddress.parse("10.1.0.9"), 17);
        assertEquals(Errno.EINVAL.negative(), ipv4.routeOutput(flow, rig.cpu()));
        flow.reset(IpAddress.ANY_V4, IpAddress.v6(1, 1), 17);
        assertEquals(Errno.EINVAL.negative(), ipv4.routeOutput(flow, rig.cpu()));
    }

    @Test
    @Mechanism("C34")
    void aPathMtuLearntLaterReachesTheSocketsRoute() {
        InetSock far = connected("10.0.0.1", "8.8.8.8");
        assertEquals(0, ipv4.queueXmit(far, segment(1480), rig.cpu()));
        byte[] error = Packets.icmp(3, 4, 1200, rig.sentOne());
        rig.receive(Packets.packet()
                .between("10.0.0.254", "10.0.0.1")
                .protocol(1)
                .payload(error)
                .bytes());
        assertEquals(Errno.EMSGSIZE.negative(), ipv4.queueXmit(far, segment(1480), rig.cpu()));
        Dst dst = far.dst();
        assertEquals(1200, dst == null ? 0 : dst.mtu());
        assertEquals(0, ipv4.queueXmit(far, segment(1180), rig.cpu()));
        rig.get(RawOps.class).release(far, rig.cpu());
    }

    @Test
    void anAnswerWithoutASocketGoesBackTheWayThePacketCame() {
        SkBuff cause = rig.host.packet(Packets.packet()
                .between("10.0.0.9", "10.1.0.1")
                .tos(0x12)
                .protocol(6)
                .payload(20, 0)
                .bytes());
        cause.resetNetworkHeader();
        assertEquals(0, ipv4.unicastReply(cause, segment(20), 6, rig.cpu()));
        rig.done(cause);
        byte[] sent = rig.sentOne();
        assertEquals("10.1.0.1", Packets.address(sent, 12));
        assertEquals("10.0.0.9", Packets.address(sent, 16));
        assertEquals(0x10, Packets.u8(sent, 1));
        assertEquals(0, Packets.checksum(sent, 0, 20));
    }

    @Test
    @Mechanism("D23")
    void transportsMayAskForEachKindOfUnreachable() {
        rig.host.sysctls().set("net.ipv4.icmp_ratelimit", 0);
        SkBuff cause =
                rig.host.packet(Packets.packet().protocol(17).payload(20, 0).bytes());
        cause.resetNetworkHeader();
        cause.dev(rig.eth0);
        List<Integer> codes = new ArrayList<>();
        for (Unreachable kind :
                List.of(Unreachable.PORT, Unreachable.PROTOCOL, Unreachable.PROHIBITED, Unreachable.HOST)) {
            ipv4.unreachable(cause, kind, rig.cpu());
            codes.add(Packets.u8(rig.sentOne(), 21));
        }
        rig.done(cause);
        assertEquals(List.of(3, 2, 13, 1), codes);
    }

    @Test
    void addressesAreReadAndSummed() {
        SkBuff skb =
                rig.host.packet(Packets.packet().between("10.0.0.9", "10.1.0.1").bytes());
        skb.resetNetworkHeader();
        AddressPair pair = new AddressPair();
        ipv4.addresses(skb, pair);
        assertEquals(IpAddress.parse("10.0.0.9").low(), pair.sourceLow);
        assertEquals(IpAddress.parse("10.1.0.1").low(), pair.destinationLow);
        assertEquals(ipv4.addressSum(IpAddress.parse("10.0.0.9"), IpAddress.parse("10.1.0.1")), ipv4.addressSum(skb));
        assertEquals(AddressType.LOCAL, ipv4.addressType(IpAddress.parse("10.1.0.1")));
        rig.done(skb);
    }

    @Test
    void whatGoesToManyComesBackToThisHostIfItTakesPart() {
        Flow flow = new Flow();
        sock.settings().broadcast = true;
        for (String to : List.of("10.0.0.255", "224.0.0.1", "224.0.0.9")) {
            flow.reset(IpAddress.ANY_V4, IpAddress.parse(to), 6);
            ipv4.routeOutput(flow, rig.cpu());
            assertEquals(0, ipv4.send(sock, segment(30), flow, rig.cpu()));
        }
        assertEquals(3, rig.sent().size());
        SkBuff copy = rig.linkLayer.received().peek();
        assertNotNull(copy);
        assertEquals(PacketKind.LOOPBACK, copy.kind());
        assertEquals(2, rig.take(rig.linkLayer.received()).size());
        assertEquals(2, rig.count("IpExt.OutMcastPkts"));
        assertEquals(1, rig.count("IpExt.OutBcastPkts"));
    }

    @Test
    void groupsAreReachedWithTheSocketsOwnTimeToLive() {
        Flow flow = new Flow().reset(IpAddress.ANY_V4, IpAddress.parse("224.0.0.9"), 6);
        ipv4.routeOutput(flow, rig.cpu());
        ipv4.send(sock, segment(30), flow, rig.cpu());
        assertEquals(1, Packets.u8(rig.sentOne(), 8));
    }

    @Test
    void sendingAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        xmit(100_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        xmit(10_000);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < 10_000 * 8, "allocated " + bytes + " bytes for 10000 packets");
    }

    private void xmit(int times) {
        for (int i = 0; i < times; i++) {
            SkBuff skb = rig.host.pool().alloc(300, rig.cpu());
            if (skb == null) {
                throw new AssertionError("no memory");
            }
            skb.reserve(100);
            skb.put(100);
            ipv4.queueXmit(sock, skb, rig.cpu());
            for (SkBuff sent = rig.neighbours.sent().poll();
                    sent != null;
                    sent = rig.neighbours.sent().poll()) {
                rig.done(sent);
            }
            rig.netfilter.passed().clear();
        }
    }
}
