package dev.netstack4j.proto.udp.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.buffer.ChecksumState;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Mechanism;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.proto.udp.demux.UdpSock;
import dev.netstack4j.proto.udp.rig.Rig;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Mechanism("B16")
class UdpOpsTest {
    private static final int AGAIN = Errno.EAGAIN.negative();

    private final Rig rig = new Rig();
    private final UdpOps ops = rig.ops;
    private final UdpSock sock = rig.sock();

    @AfterEach
    void nothingLeaks() {
        while (!rig.network.sent.isEmpty()) {
            rig.sent();
        }
        ops.release(sock, rig.cpu());
        assertEquals(0, sock.context().writeAllocated());
        rig.host.assertNoLeak();
    }

    private int send(byte[] data, String to, int port) {
        return ops.sendmsg(
                sock, new Message().bytes(data, 0, data.length).to(InetSockAddress.of(to, port)), 0, rig.cpu());
    }

    private int sendConnected(byte[] data) {
        return ops.sendmsg(sock, new Message().bytes(data, 0, data.length), 0, rig.cpu());
    }

    @Test
    @Mechanism("A17")
    void theHeaderIsWrittenAndTheChecksumLeftOpen() {
        ops.bind(sock, InetSockAddress.of("10.0.0.1", 700), rig.cpu());
        byte[] data = {1, 2, 3, 4, 5};
        assertEquals(5, send(data, "10.0.0.2", 53));
        SkBuff skb = rig.network.sent.peek();
        assertNotNull(skb);
        assertEquals(ChecksumState.PARTIAL, skb.checksumState());
        assertEquals(skb.data(), skb.csumStart());
        assertEquals(6, skb.csumOffset());
        int finished = Checksum.finish(skb.sum(0, skb.length()));
        byte[] whole = Rig.datagram("10.0.0.1", 700, "10.0.0.2", 53, data);
        byte[] sent = rig.sent();
        sent[6] = (byte) (finished >> 8);
        sent[7] = (byte) finished;
        assertArrayEquals(Arrays.copyOfRange(whole, 20, whole.length), sent);
        assertEquals(1, rig.host.counters().value("Udp.OutDatagrams"));
    }

    @Test
    @Mechanism("B10")
    void theCallersBytesAreCopied() {
        byte[] data = {1, 2, 3};
        send(data, "10.0.0.2", 53);
        Arrays.fill(data, (byte) 9);
        assertEquals(1, rig.sent()[8]);
    }

    @Test
    void theLongestDatagramIsSentAndALongerOneIsRefused() {
        byte[] data = new byte[65507];
        new Random(3).nextBytes(data);
        assertEquals(65507, send(data, "10.0.0.2", 53));
        byte[] sent = rig.sent();
        assertArrayEquals(data, Arrays.copyOfRange(sent, 8, sent.length));
        assertEquals(Errno.EMSGSIZE.negative(), send(new byte[65508], "10.0.0.2", 53));
        assertEquals(0, send(new byte[0], "10.0.0.2", 53));
        assertEquals(8, rig.sent().length);
    }

    @Test
    @Mechanism({"D1", "D3"})
    void aConnectedSocketLooksItsRouteUpOnce() {
        ops.connect(sock, InetSockAddress.of("10.0.0.2", 53), rig.cpu());
        for (int i = 0; i < 10; i++) {
            sendConnected(new byte[1]);
        }
        assertEquals(1, rig.network.lookups);
        rig.network.flush();
        sendConnected(new byte[1]);
        sendConnected(new byte[1]);
        assertEquals(2, rig.network.lookups);
    }

    @Test
    void connectingChoosesTheLocalAddressAndAPort() {
        assertEquals(0, ops.connect(sock, InetSockAddress.of("10.0.0.2", 53), rig.cpu()));
        InetSockAddress own = (InetSockAddress) ops.name(sock, false);
        assertEquals("10.0.0.1", own == null ? "" : own.ip().toString());
        assertTrue(own != null && own.port() >= 32768);
        assertEquals(InetSockAddress.of("10.0.0.2", 53), ops.name(sock, true));
        rig.receive(Rig.datagram("10.0.0.3", 53, "10.0.0.1", sock.localPort(), new byte[1]));
        assertEquals(0, sock.receiveQueue().length());
        rig.receive(Rig.datagram("10.0.0.2", 53, "10.0.0.1", sock.localPort(), new byte[1]));
        assertEquals(1, sock.receiveQueue().length());
    }

    @Test
    void aConnectionMayBeMovedAndDissolved() {
        ops.connect(sock, InetSockAddress.of("10.0.0.2", 53), rig.cpu());
        ops.connect(sock, InetSockAddress.of("10.0.0.3", 54), rig.cpu());
        int port = sock.localPort();
        rig.receive(Rig.datagram("10.0.0.2", 53, "10.0.0.1", port, new byte[1]));
        rig.receive(Rig.datagram("10.0.0.3", 54, "10.0.0.1", port, new byte[1]));
        assertEquals(1, sock.receiveQueue().length());
        assertEquals(0, ops.connect(sock, () -> dev.netstack4j.api.address.AddressFamily.UNSPEC, rig.cpu()));
        assertNull(ops.name(sock, true));
        rig.receive(Rig.datagram("10.0.0.2", 53, "10.0.0.1", port, new byte[1]));
        assertEquals(2, sock.receiveQueue().length());
        assertEquals(Errno.EDESTADDRREQ.negative(), sendConnected(new byte[1]));
    }

    @Test
    void whatCannotBeSentIsRefused() {
        assertEquals(Errno.EDESTADDRREQ.negative(), sendConnected(new byte[1]));
        assertEquals(Errno.ENETUNREACH.negative(), send(new byte[1], "192.0.2.1", 53));
        assertEquals(Errno.EINVAL.negative(), send(new byte[1], "10.0.0.2", 0));
        assertEquals(Errno.EACCES.negative(), send(new byte[1], "10.0.0.255", 53));
        sock.settings().broadcast = true;
        assertEquals(1, send(new byte[1], "10.0.0.255", 53));
        Message urgent =
                new Message().bytes(new byte[1], 0, 1).flags(MessageFlags.OOB).to(InetSockAddress.of("10.0.0.2", 1));
        assertEquals(Errno.EOPNOTSUPP.negative(), ops.sendmsg(sock, urgent, 0, rig.cpu()));
        assertEquals(
                Errno.EADDRNOTAVAIL.negative(), ops.bind(rig.sock(), InetSockAddress.of("10.0.0.9", 1), rig.cpu()));
        assertEquals(Errno.EINVAL.negative(), ops.bind(sock, InetSockAddress.of("0.0.0.0", 1), rig.cpu()));
    }

    @Test
    @Mechanism("B9")
    void aFullSendBufferHoldsTheSenderBack() {
        sock.settings().sendBuffer = 10_000;
        int sent = 0;
        while (send(new byte[100], "10.0.0.2", 53) > 0) {
            sent++;
        }
        assertTrue(sent > 5 && sent < 30, "sent " + sent);
        assertEquals(AGAIN, send(new byte[100], "10.0.0.2", 53));
        assertEquals(0, ops.poll(sock) & PollEvents.OUT);
        while (!rig.network.sent.isEmpty()) {
            rig.sent();
        }
        assertEquals(PollEvents.OUT, ops.poll(sock) & PollEvents.OUT);
        assertEquals(100, send(new byte[100], "10.0.0.2", 53));
    }

    @Test
    @Mechanism("B11")
    void withoutMemoryTheCallSaysSoAndLaterWorks() {
        rig.host.pool().failEvery(1);
        assertEquals(Errno.ENOBUFS.negative(), send(new byte[100], "10.0.0.2", 53));
        rig.host.pool().failEvery(0);
        assertEquals(1, rig.host.counters().value("Udp.SndbufErrors"));
        assertEquals(100, send(new byte[100], "10.0.0.2", 53));
    }

    @Test
    void whatTheDeviceQueueDropsIsNoErrorAndWhatTheNetworkRefusesIs() {
        rig.network.answer = 1;
        assertEquals(1, send(new byte[1], "10.0.0.2", 53));
        rig.network.answer = Errno.EPERM.negative();
        assertEquals(Errno.EPERM.negative(), send(new byte[1], "10.0.0.2", 53));
    }

    @Test
    void aDatagramIsGivenWholeOrCut() {
        ops.bind(sock, InetSockAddress.of("0.0.0.0", 7), rig.cpu());
        rig.receiveText("abcdefgh", 7);
        rig.receiveText("second", 7);
        byte[] three = new byte[3];
        Message peek = new Message().bytes(three, 0, 3).flags(MessageFlags.PEEK | MessageFlags.TRUNC);
        assertEquals(8, ops.recvmsg(sock, peek, 0, rig.cpu()));
        assertEquals(MessageFlags.TRUNC, peek.resultFlags());
        OptionValue waiting = new OptionValue();
        ops.options().ioctl(sock, 0x541B, waiting, rig.cpu());
        assertEquals(8, waiting.number());
        assertEquals(3, ops.recvmsg(sock, new Message().bytes(three, 0, 3), 0, rig.cpu()));
        assertEquals('a', three[0]);
        assertEquals("second", rig.read(sock));
        assertEquals(AGAIN, ops.recvmsg(sock, new Message().bytes(three, 0, 3), 0, rig.cpu()));
    }

    @Test
    void readinessTellsWhatACallWouldDo() {
        ops.bind(sock, InetSockAddress.of("0.0.0.0", 7), rig.cpu());
        assertEquals(PollEvents.OUT, ops.poll(sock));
        rig.receiveText("x", 7);
        assertEquals(PollEvents.OUT | PollEvents.IN, ops.poll(sock));
        rig.read(sock);
        sock.error(Errno.ECONNREFUSED.code(), rig.cpu());
        assertTrue((ops.poll(sock) & PollEvents.ERR) != 0);
        assertEquals(
                Errno.ECONNREFUSED.negative(), ops.recvmsg(sock, new Message().bytes(new byte[1], 0, 1), 0, rig.cpu()));
        assertEquals(PollEvents.OUT, ops.poll(sock));
    }

    @Test
    void shuttingDownEndsDirections() {
        assertEquals(Errno.ENOTCONN.negative(), ops.shutdown(sock, 2, rig.cpu()));
        ops.connect(sock, InetSockAddress.of("10.0.0.2", 53), rig.cpu());
        assertEquals(0, ops.shutdown(sock, 1, rig.cpu()));
        assertEquals(Errno.EPIPE.negative(), sendConnected(new byte[1]));
        assertEquals(0, ops.shutdown(sock, 0, rig.cpu()));
        assertEquals(0, ops.recvmsg(sock, new Message().bytes(new byte[1], 0, 1), 0, rig.cpu()));
        assertTrue((ops.poll(sock) & (PollEvents.HUP | PollEvents.RDHUP)) != 0);
        rig.receive(Rig.datagram("10.0.0.2", 53, "10.0.0.1", sock.localPort(), new byte[1]));
        assertEquals(1, rig.host.ledger().dropped("UDP_CLOSED"));
    }

    @Test
    void optionsOfTheNetworkLayerAreKept() {
        OptionValue v = new OptionValue();
        assertEquals(
                0, ops.options().set(sock, SocketOption.SOL_IP, SocketOption.IP_TTL, OptionValue.of(3), rig.cpu()));
        ops.options().get(sock, SocketOption.SOL_IP, SocketOption.IP_TTL, v, rig.cpu());
        assertEquals(3, v.number());
        assertEquals(
                Errno.EINVAL.negative(),
                ops.options().set(sock, SocketOption.SOL_IP, SocketOption.IP_TTL, OptionValue.of(0), rig.cpu()));
        assertEquals(3, sock.ttl());
        assertEquals(
                Errno.ENOPROTOOPT.negative(),
                ops.options().set(sock, SocketOption.SOL_IP, SocketOption.IP_HDRINCL, OptionValue.of(1), rig.cpu()));
        assertEquals(
                Errno.ENOTCONN.negative(),
                ops.options().get(sock, SocketOption.SOL_IP, SocketOption.IP_MTU, v, rig.cpu()));
        ops.connect(sock, InetSockAddress.of("10.0.0.2", 53), rig.cpu());
        ops.options().get(sock, SocketOption.SOL_IP, SocketOption.IP_MTU, v, rig.cpu());
        assertEquals(1500, v.number());
        assertEquals(Errno.ENOPROTOOPT.negative(), ops.options().set(sock, 99, 1, v, rig.cpu()));
    }
}
