package dev.netstack4j.proto.udp.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.PacketKind;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.protocol.InetFamilyOps.Unreachable;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.proto.udp.demux.UdpSock;
import dev.netstack4j.proto.udp.rig.Rig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpProtocolTest {
    /// A DNS question of four bytes' worth of header, from a capture: 10.0.0.2:53124 to 10.0.0.1:53.
    private static final byte[] DATA = {0x12, 0x34, 1, 0};

    private final Rig rig = new Rig();
    private final UdpProtocol udp = rig.get(UdpProtocol.class);

    @AfterEach
    void nothingLeaks() {
        rig.host.assertNoLeak();
    }

    private static byte[] question() {
        return Rig.datagram("10.0.0.2", 53124, "10.0.0.1", 53, DATA);
    }

    private long dropped(String reason) {
        return rig.host.ledger().dropped(reason);
    }

    private long count(String name) {
        return rig.host.counters().value(name);
    }

    @Test
    @Mechanism("B16")
    void aDatagramReachesItsSocketWithItsSource() {
        UdpSock s = rig.bound("0.0.0.0", 53);
        rig.receive(question());
        byte[] buffer = new byte[100];
        Message m = new Message().bytes(buffer, 0, 100);
        assertEquals(4, rig.ops.recvmsg(s, m, 0, rig.cpu()));
        assertEquals(InetSockAddress.of("10.0.0.2", 53124), m.source());
        assertEquals(0x12, buffer[0]);
        assertEquals(1, count("Udp.InDatagrams"));
        rig.ops.release(s, rig.cpu());
    }

    @Test
    @Mechanism("C34")
    void aClosedPortIsReported() {
        rig.receive(question());
        assertEquals(List.of(Unreachable.PORT), rig.network.unreachables);
        assertEquals(1, dropped("UDP_NO_PORT"));
        assertEquals(1, count("Udp.NoPorts"));
    }

    @Test
    void aDatagramCutAtAnyByteEndsInAReason() {
        UdpSock s = rig.bound("0.0.0.0", 53);
        byte[] whole = question();
        for (int length = 20; length < whole.length; length++) {
            rig.receive(Arrays.copyOf(whole, length));
        }
        assertEquals(8, dropped("UDP_SHORT"));
        assertEquals(4, dropped("UDP_LENGTH"));
        assertEquals(12, count("Udp.InErrors"));
        assertEquals(0, s.receiveQueue().length());
        rig.ops.release(s, rig.cpu());
    }

    @Test
    void anyWrongBitIsFound() {
        UdpSock s = rig.bound("0.0.0.0", 53);
        byte[] whole = question();
        for (int bit = 28 * 8; bit < whole.length * 8; bit++) {
            byte[] wrong = whole.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            rig.receive(wrong);
        }
        assertEquals(32, dropped("UDP_CSUM"));
        assertEquals(32, count("Udp.InCsumErrors"));
        rig.ops.release(s, rig.cpu());
    }

    @Test
    @Mechanism("A17")
    void aChecksumThatIsNotThereOrWasCheckedIsNotChecked() {
        UdpSock s = rig.bound("0.0.0.0", 53);
        byte[] none = question();
        none[26] = 0;
        none[27] = 0;
        rig.receive(none);
        byte[] wrong = question();
        wrong[26] ^= 1;
        for (ChecksumState state :
                new ChecksumState[] {ChecksumState.UNNECESSARY, ChecksumState.PARTIAL, ChecksumState.COMPLETE}) {
            SkBuff skb = rig.fromIp(state == ChecksumState.COMPLETE ? question() : wrong);
            skb.checksumState(state);
            skb.csum(Rig.sum(question(), 20, 12));
            udp.receive(skb, rig.cpu());
        }
        SkBuff liar = rig.fromIp(wrong);
        liar.checksumState(ChecksumState.COMPLETE);
        liar.csum(0x1111);
        udp.receive(liar, rig.cpu());
        assertEquals(4, s.receiveQueue().length());
        assertEquals(1, dropped("UDP_CSUM"));
        rig.ops.release(s, rig.cpu());
    }

    @Test
    void whatFollowsTheDatagramIsCutOff() {
        UdpSock s = rig.bound("0.0.0.0", 53);
        rig.receive(Arrays.copyOf(question(), 60));
        assertEquals(
                4, s.receiveQueue().peek() == null ? 0 : s.receiveQueue().peek().length());
        rig.ops.release(s, rig.cpu());
    }

    @Test
    @Mechanism("B17")
    void aFullReceiveBufferLosesDatagramsAndCountsThem() {
        UdpSock s = rig.bound("0.0.0.0", 53);
        s.settings().receiveBuffer = 10_000;
        for (int i = 0; i < 100; i++) {
            rig.receive(question());
        }
        int kept = s.receiveQueue().length();
        assertTrue(kept > 5 && kept < 20, "kept " + kept);
        assertEquals(100 - kept, count("Udp.RcvbufErrors"));
        assertEquals(100 - kept, count("Udp.InErrors"));
        assertEquals(100 - kept, dropped("UDP_RCVBUF_FULL"));
        assertEquals(kept, count("Udp.InDatagrams"));
        assertNotNull(rig.read(s));
        rig.receive(question());
        rig.receive(question());
        assertEquals(kept, s.receiveQueue().length());
        rig.ops.release(s, rig.cpu());
        assertEquals(0, s.context().readAllocated());
    }

    @Test
    void everySocketThatListensGetsWhatIsForMany() {
        UdpSock a = rig.sock();
        UdpSock b = rig.sock();
        UdpSock other = rig.sock();
        for (UdpSock s : List.of(a, b, other)) {
            s.settings().reuseAddress = true;
        }
        rig.ops.bind(a, InetSockAddress.of("0.0.0.0", 53), rig.cpu());
        rig.ops.bind(b, InetSockAddress.of("10.0.0.255", 53), rig.cpu());
        rig.ops.bind(other, InetSockAddress.of("10.0.0.1", 53), rig.cpu());
        rig.receive(Rig.datagram("10.0.0.2", 1, "10.0.0.255", 53, DATA), PacketKind.BROADCAST);
        assertEquals(1, a.receiveQueue().length());
        assertEquals(1, b.receiveQueue().length());
        assertEquals(0, other.receiveQueue().length());
        rig.receive(Rig.datagram("10.0.0.2", 1, "224.0.0.1", 99, DATA), PacketKind.MULTICAST);
        assertEquals(1, dropped("UDP_NOBODY"));
        assertEquals(List.of(), rig.network.unreachables);
        for (UdpSock s : List.of(a, b, other)) {
            rig.ops.release(s, rig.cpu());
        }
    }

    @Test
    @Mechanism("C35")
    void aConnectedSocketThatHasReceivedKnowsTheWay() {
        UdpSock s = rig.connected("10.0.0.1", 53, "10.0.0.2", 53124);
        SkBuff first = early(question());
        assertNull(first.dst());
        rig.done(first);
        SkBuff skb = rig.fromIp(question());
        var way = skb.dst();
        udp.receive(skb, rig.cpu());
        SkBuff second = early(question());
        assertSame(way, second.dst());
        rig.done(second);
        rig.network.flush();
        SkBuff third = early(question());
        assertNull(third.dst());
        rig.done(third);
        rig.ops.release(s, rig.cpu());
    }

    /// As IP shows a packet before routing: IP header first, transport header marked.
    private SkBuff early(byte[] packet) {
        SkBuff skb = rig.fromIp(packet);
        skb.push(20);
        skb.dst(null);
        udp.earlyDemux(skb, rig.cpu());
        return skb;
    }

    @Test
    @Mechanism("C34")
    void aConnectedSocketIsToldThatThePortIsClosed() {
        UdpSock s = rig.connected("10.0.0.1", 700, "10.0.0.2", 9);
        report(3, 3, Errno.ECONNREFUSED, true, 0);
        assertEquals(Errno.ECONNREFUSED.code(), s.error());
        byte[] b = new byte[1];
        assertEquals(Errno.ECONNREFUSED.negative(), rig.ops.sendmsg(s, new Message().bytes(b, 0, 1), 0, rig.cpu()));
        assertEquals(Errno.EAGAIN.negative(), rig.ops.recvmsg(s, new Message().bytes(b, 0, 1), 0, rig.cpu()));
        report(3, 1, Errno.EHOSTUNREACH, false, 0);
        assertEquals(0, s.error());
        report(3, 4, Errno.EMSGSIZE, false, 1400);
        assertEquals(Errno.EMSGSIZE.code(), s.takeError());
        s.receiveErrors(true);
        report(3, 1, Errno.EHOSTUNREACH, false, 0);
        assertEquals(Errno.EHOSTUNREACH.code(), s.takeError());
        rig.ops.release(s, rig.cpu());
    }

    @Test
    @Mechanism("C34")
    void anUnconnectedSocketHearsOnlyWhenItAsked() {
        UdpSock s = rig.bound("10.0.0.1", 700);
        report(3, 3, Errno.ECONNREFUSED, true, 0);
        assertEquals(0, s.error());
        s.receiveErrors(true);
        report(3, 3, Errno.ECONNREFUSED, true, 0);
        assertEquals(Errno.ECONNREFUSED.code(), s.error());
        rig.ops.release(s, rig.cpu());
    }

    private void report(int type, int code, Errno errno, boolean fatal, int mtu) {
        SkBuff quoted = rig.fromIp(Rig.datagram("10.0.0.1", 700, "10.0.0.2", 9, DATA));
        udp.error(quoted, new InetError().set(type, code, errno.code(), fatal, mtu), rig.cpu());
        rig.done(quoted);
    }

    @Test
    void noiseEndsInReasons() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(5);
        UdpSock s = rig.bound("0.0.0.0", 53);
        for (int i = 0; i < 20_000; i++) {
            byte[] b = question();
            int cut = 20 + random.nextInt(b.length - 19);
            b[20 + random.nextInt(8)] ^= (byte) random.nextInt(256);
            rig.receive(Arrays.copyOf(b, cut), PacketKind.values()[random.nextInt(3)]);
        }
        rig.ops.release(s, rig.cpu());
        assertTrue(dropped("UDP_LENGTH") > 0 && dropped("UDP_CSUM") > 0);
    }
}
