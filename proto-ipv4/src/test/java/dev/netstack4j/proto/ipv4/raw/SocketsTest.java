package dev.netstack4j.proto.ipv4.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.proto.ipv4.rig.Packets;
import dev.netstack4j.proto.ipv4.rig.Rig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Mechanism("B8")
class SocketsTest {
    private static final int AGAIN = Errno.EAGAIN.negative();

    private final Rig rig = new Rig();
    private final RawOps raw = rig.get(RawOps.class);
    private final PingOps ping = rig.get(PingOps.class);

    @AfterEach
    void nothingLeaks() {
        rig.assertNoLeak();
    }

    private static Message to(String address, byte[] bytes) {
        return new Message().bytes(bytes, 0, bytes.length).to(InetSockAddress.of(address, 0));
    }

    private static Message room(byte[] bytes) {
        return new Message().bytes(bytes, 0, bytes.length);
    }

    @Test
    void aPingSocketSendsRequestsAndGetsItsReplies() {
        InetSock s = rig.sock(ping, SocketType.DGRAM, 1);
        byte[] request = Packets.icmp(8, 0, 7, Packets.counting(16, 1));
        assertEquals(request.length, ping.sendmsg(s, to("10.0.0.2", request), 0, rig.cpu()));
        byte[] sent = rig.sentOne();
        assertEquals("10.0.0.1", Packets.address(sent, 12));
        assertEquals(0, Packets.checksum(sent, 20, sent.length - 20));
        assertEquals(s.localPort(), Packets.u16(sent, 24));
        assertEquals(7, Packets.u16(sent, 26));
        assertEquals(0, s.context().writeAllocated());

        byte[] body = Packets.counting(16, 1);
        byte[] other = Packets.icmp(0, 0, (s.localPort() ^ 1) << 16 | 7, body);
        rig.receive(Packets.packet().protocol(1).payload(other).bytes());
        byte[] buffer = new byte[100];
        assertEquals(AGAIN, ping.recvmsg(s, room(buffer), 0, rig.cpu()));
        byte[] reply = Packets.icmp(0, 0, s.localPort() << 16 | 7, body);
        rig.receive(Packets.packet().protocol(1).payload(reply).bytes());
        assertTrue((ping.poll(s) & PollEvents.IN) != 0);
        Message m = room(buffer);
        assertEquals(reply.length, ping.recvmsg(s, m, 0, rig.cpu()));
        assertArrayEquals(reply, Arrays.copyOf(buffer, reply.length));
        assertEquals(InetSockAddress.of("10.0.0.2", 0), m.source());
        ping.release(s, rig.cpu());
    }

    @Test
    void aPingSocketSendsNothingButEchoRequests() {
        InetSock s = rig.sock(ping, SocketType.DGRAM, 1);
        assertEquals(
                Errno.EINVAL.negative(),
                ping.sendmsg(s, to("10.0.0.2", Packets.icmp(3, 0, 0, new byte[8])), 0, rig.cpu()));
        assertEquals(Errno.EINVAL.negative(), ping.sendmsg(s, to("10.0.0.2", new byte[7]), 0, rig.cpu()));
        assertEquals(Errno.EDESTADDRREQ.negative(), ping.sendmsg(s, room(new byte[8]), 0, rig.cpu()));
        assertEquals(
                Errno.EACCES.negative(),
                ping.sendmsg(s, to("10.0.0.255", Packets.icmp(8, 0, 0, new byte[8])), 0, rig.cpu()));
        assertEquals(Errno.EMSGSIZE.negative(), ping.sendmsg(s, to("10.0.0.2", new byte[65516]), 0, rig.cpu()));
        ping.release(s, rig.cpu());
    }

    @Test
    void twoPingSocketsCannotHaveOneIdentifier() {
        InetSock a = rig.sock(ping, SocketType.DGRAM, 1);
        InetSock b = rig.sock(ping, SocketType.DGRAM, 1);
        assertEquals(0, ping.bind(a, InetSockAddress.of("0.0.0.0", 77), rig.cpu()));
        assertEquals(Errno.EADDRINUSE.negative(), ping.bind(b, InetSockAddress.of("0.0.0.0", 77), rig.cpu()));
        assertEquals(Errno.EADDRNOTAVAIL.negative(), ping.bind(b, InetSockAddress.of("10.0.0.9", 78), rig.cpu()));
        ping.release(a, rig.cpu());
        assertEquals(0, ping.bind(b, InetSockAddress.of("0.0.0.0", 77), rig.cpu()));
        ping.release(b, rig.cpu());
    }

    @Test
    @Mechanism("C34")
    void anUnreachablePingIsToldToWhoAskedForErrors() {
        InetSock s = rig.sock(ping, SocketType.DGRAM, 1);
        ping.options().set(s, SocketOption.SOL_IP, SocketOption.IP_RECVERR, OptionValue.of(1), rig.cpu());
        ping.sendmsg(s, to("8.8.8.8", Packets.icmp(8, 0, 7, new byte[8])), 0, rig.cpu());
        byte[] error = Packets.icmp(3, 1, 0, rig.sentOne());
        rig.receive(Packets.packet()
                .between("10.0.0.254", "10.0.0.1")
                .protocol(1)
                .payload(error)
                .bytes());
        assertEquals(Errno.EHOSTUNREACH.negative(), ping.recvmsg(s, room(new byte[9]), 0, rig.cpu()));
        assertEquals(AGAIN, ping.recvmsg(s, room(new byte[9]), 0, rig.cpu()));
        ping.release(s, rig.cpu());
    }

    @Test
    void aRawSocketWritesTheHeaderAsItsOptionsSay() {
        InetSock s = rig.sock(raw, SocketType.RAW, 253);
        raw.options().set(s, SocketOption.SOL_IP, SocketOption.IP_TTL, OptionValue.of(9), rig.cpu());
        raw.options().set(s, SocketOption.SOL_IP, SocketOption.IP_TOS, OptionValue.of(0x10), rig.cpu());
        assertEquals(5, raw.sendmsg(s, to("10.0.0.2", new byte[5]), 0, rig.cpu()));
        byte[] sent = rig.sentOne();
        assertEquals(9, Packets.u8(sent, 8));
        assertEquals(0x10, Packets.u8(sent, 1));
        assertEquals(253, Packets.u8(sent, 9));
        assertEquals(0x4000, Packets.u16(sent, 6));
        raw.options().set(s, SocketOption.SOL_IP, SocketOption.IP_MTU_DISCOVER, OptionValue.of(0), rig.cpu());
        raw.sendmsg(s, to("10.0.0.2", new byte[5]), 0, rig.cpu());
        assertEquals(0, Packets.u16(rig.sentOne(), 6));
        raw.release(s, rig.cpu());
    }

    @Test
    @Mechanism({"D6", "D11"})
    void discoveryDecidesBetweenFragmentsAndRefusal() {
        InetSock s = rig.sock(raw, SocketType.RAW, 253);
        assertEquals(3000, raw.sendmsg(s, to("10.0.0.2", new byte[3000]), 0, rig.cpu()));
        List<byte[]> sent = rig.sent();
        assertEquals(3, sent.size());
        assertEquals(Packets.u16(sent.get(0), 4), Packets.u16(sent.get(2), 4));
        raw.options().set(s, SocketOption.SOL_IP, SocketOption.IP_MTU_DISCOVER, OptionValue.of(2), rig.cpu());
        assertEquals(Errno.EMSGSIZE.negative(), raw.sendmsg(s, to("10.0.0.2", new byte[3000]), 0, rig.cpu()));
        assertEquals(0, s.context().writeAllocated());
        raw.release(s, rig.cpu());
    }

    @Test
    void withItsOwnHeaderARawSocketSendsAnything() {
        InetSock s = rig.sock(raw, SocketType.RAW, 255);
        byte[] packet = Packets.packet()
                .between("0.0.0.0", "10.0.0.2")
                .ident(0)
                .protocol(99)
                .payload(4, 1)
                .bytes();
        packet[2] = 0;
        packet[10] = 0;
        assertEquals(24, raw.sendmsg(s, to("10.0.0.2", packet), 0, rig.cpu()));
        byte[] sent = rig.sentOne();
        assertEquals("10.0.0.1", Packets.address(sent, 12));
        assertEquals(24, Packets.u16(sent, 2));
        assertTrue(Packets.u16(sent, 4) != 0);
        assertEquals(0, Packets.checksum(sent, 0, 20));
        assertEquals(Errno.EINVAL.negative(), raw.sendmsg(s, to("10.0.0.2", new byte[19]), 0, rig.cpu()));
        assertEquals(Errno.EINVAL.negative(), raw.sendmsg(s, to("10.0.0.2", new byte[20]), 0, rig.cpu()));
        assertEquals(Errno.EMSGSIZE.negative(), raw.sendmsg(s, to("10.0.0.2", new byte[1501]), 0, rig.cpu()));
        raw.release(s, rig.cpu());
    }

    @Test
    void aRawSocketGetsOnlyWhatItsAddressesSay() {
        InetSock s = rig.sock(raw, SocketType.RAW, 253);
        raw.bind(s, InetSockAddress.of("10.1.0.1", 0), rig.cpu());
        raw.connect(s, InetSockAddress.of("10.0.0.3", 0), rig.cpu());
        rig.receive(Packets.packet().between("10.0.0.3", "10.0.0.1").bytes());
        rig.receive(Packets.packet().between("10.0.0.2", "10.1.0.1").bytes());
        assertEquals(0, s.receiveQueue().length());
        rig.receive(Packets.packet().between("10.0.0.3", "10.1.0.1").bytes());
        assertEquals(1, s.receiveQueue().length());
        raw.release(s, rig.cpu());
    }

    @Test
    void peekingLeavesAndCuttingTells() {
        InetSock s = rig.sock(raw, SocketType.RAW, 253);
        rig.receive(Packets.packet().payload(30, 1).bytes());
        byte[] buffer = new byte[10];
        assertEquals(10, raw.recvmsg(s, room(buffer).flags(MessageFlags.PEEK), 0, rig.cpu()));
        Message m = room(buffer).flags(MessageFlags.TRUNC);
        assertEquals(50, raw.recvmsg(s, m, 0, rig.cpu()));
        assertEquals(MessageFlags.TRUNC, m.resultFlags());
        assertEquals(AGAIN, raw.recvmsg(s, room(buffer), 0, rig.cpu()));
        assertEquals(0, s.context().readAllocated());
        raw.release(s, rig.cpu());
    }

    @Test
    void aFullReceiveBufferDropsAndCounts() {
        InetSock s = rig.sock(raw, SocketType.RAW, 253);
        for (int i = 0; i < 1000; i++) {
            rig.receive(Packets.packet().payload(30, 1).bytes());
        }
        assertTrue(rig.dropped("RAW_RCVBUF_FULL") > 100);
        assertTrue(s.context().readAllocated() < 220_000);
        raw.release(s, rig.cpu());
        assertEquals(0, s.context().readAllocated());
    }

    @Test
    void anOwnedSocketGetsItsPacketsWhenItIsReleased() {
        InetSock s = rig.sock(raw, SocketType.RAW, 253);
        assertTrue(s.context().tryOwn(rig.cpu()));
        rig.receive(Packets.packet().bytes());
        assertEquals(0, s.receiveQueue().length());
        s.context().release(rig.cpu());
        assertEquals(1, s.receiveQueue().length());
        assertNotNull(raw.name(s, false));
        raw.release(s, rig.cpu());
    }
}
