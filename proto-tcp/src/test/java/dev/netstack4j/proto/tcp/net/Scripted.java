package dev.netstack4j.proto.tcp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One host and a peer that the test plays. Numbers of scripts are relative: 0 is each side's SYN.
public final class Scripted {
    /// The peer's port.
    public static final int PEER_PORT = 5000;
    /// Our port.
    public static final int PORT = 80;
    private static final IpAddress PEER = IpAddress.parse("10.0.0.2");
    private static final int PEER_ISN = 0x7FFF_FF00;
    /// The host under test.
    public final Node node;
    private final Wire out = new Wire(1);
    private int read;
    private int isn;
    private boolean isnKnown;
    /// Ports of the host under test and of the peer.
    public int localPort = PORT;
    /// The peer's port.
    public int peerPort = PEER_PORT;
    /// The window that the peer sends.
    public int window = 60_000;
    /// Options of the next segments.
    public byte[] options = new byte[0];

    /// Nothing has happened.
    public Scripted() {
        out.logging = true;
        out.drop = s -> true;
        node = new Node(IpAddress.parse("10.0.0.1"), out);
        setting("net.ipv4.tcp_timestamps", 0);
        setting("net.ipv4.tcp_sack", 0);
    }

    /// Changes a setting.
    public Scripted setting(String name, int value) {
        node.host.sysctls().set(name, value);
        return this;
    }

    private static int flags(String letters) {
        int bits = 0;
        for (char c : letters.toCharArray()) {
            bits |= switch (c) {
                case 'F' -> TcpFlags.FIN;
                case 'S' -> TcpFlags.SYN;
                case 'R' -> TcpFlags.RST;
                case 'P' -> TcpFlags.PSH;
                case 'A' -> TcpFlags.ACK;
                case 'U' -> TcpFlags.URG;
                default -> throw new IllegalArgumentException(letters);
            };
        }
        return bits;
    }

    /// The peer sends: flags as letters of FSRPAU.
    public Scripted in(String letters, int seq, int ack, int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (seq + i);
        }
        return in(letters, seq, ack, payload, 0);
    }

    /// The peer sends these bytes.
    public Scripted in(String letters, int seq, int ack, byte[] payload, int urgent) {
        node.arrive(packet(letters, seq, ack, payload, urgent));
        return this;
    }

    /// The bytes of such a packet.
    public byte[] packet(String letters, int seq, int ack, byte[] payload, int urgent) {
        int header = 20 + options.length;
        byte[] bytes = new byte[TestNetwork.HEADER + header + payload.length];
        ByteBuffer b = ByteBuffer.wrap(bytes);
        b.putInt(12, PEER.v4Bits());
        b.putInt(16, node.address.v4Bits());
        b.position(20);
        int f = flags(letters);
        b.putShort((short) peerPort).putShort((short) localPort);
        b.putInt(PEER_ISN + seq);
        b.putInt((f & TcpFlags.ACK) != 0 ? isn + ack : 0);
        b.put((byte) (header << 2)).put((byte) f).putShort((short) window);
        b.putShort((short) 0).putShort((short) urgent).put(options).put(payload);
        b.putShort(36, (short) checksum(bytes));
        return bytes;
    }

    private static int checksum(byte[] bytes) {
        java.lang.foreign.MemorySegment s = java.lang.foreign.MemorySegment.ofArray(bytes);
        int length = bytes.length - 20;
        return Checksum.finish(Checksum.fold(Checksum.sum(s, 12, bytes.length - 12) + 6 + length));
    }

    /// The next segment that was sent, or null.
    public @Nullable Segment next() {
        List<Segment> log = out.log;
        if (read == log.size()) {
            return null;
        }
        Segment s = log.get(read++);
        if (!isnKnown && s.has(TcpFlags.SYN)) {
            isn = s.seq();
            isnKnown = true;
        }
        return s;
    }

    /// The next segment must be this one.
    public Segment expect(String letters, int seq, int ack, int length) {
        Segment s = next();
        assertNotNull(s, "nothing was sent; expected " + letters);
        String wanted = letters + " seq " + seq + " ack " + ack + " len " + length;
        int got = (s.flags() & TcpFlags.ACK) != 0 ? s.ack() - PEER_ISN : 0;
        assertEquals(flags(letters), s.flags() & ~(letters.contains("P") ? 0 : TcpFlags.PSH), wanted + " but " + s);
        assertEquals(wanted, letters + " seq " + (s.seq() - isn) + " ack " + got + " len " + s.length());
        return s;
    }

    /// Our sequence number of a segment, relative.
    public int relative(Segment s) {
        return s.seq() - isn;
    }

    /// The acknowledgement number of a segment, relative.
    public int relativeAck(Segment s) {
        return s.ack() - PEER_ISN;
    }

    /// Nothing more was sent.
    public Scripted expectNothing() {
        Segment s = next();
        assertEquals(null, s, "was sent: " + s);
        return this;
    }

    /// Forgets what was sent.
    public Scripted skip() {
        while (next() != null) {}
        return this;
    }

    /// Time passes.
    public Scripted pass(long millis) {
        long until = node.now() + millis * 1_000_000L;
        while (node.nextTimer() <= until) {
            node.moveTo(node.nextTimer());
        }
        node.moveTo(until);
        return this;
    }

    /// The option bytes of a SYN: MSS, and window scale when not negative.
    public Scripted synOptions(int mss, int scale) {
        options = scale < 0
                ? new byte[] {2, 4, (byte) (mss >> 8), (byte) mss}
                : new byte[] {2, 4, (byte) (mss >> 8), (byte) mss, 1, 3, 3, (byte) scale};
        return this;
    }

    /// A connection that the peer opened, accepted.
    public TcpSock accepted() {
        return accepted(node.listen(PORT, 8));
    }

    /// A connection that the peer opened to this listener.
    public TcpSock accepted(TcpSock listener) {
        synOptions(1000, -1).in("S", 0, 0, 0);
        options = new byte[0];
        expect("SA", 0, 1, 0);
        in("A", 1, 1, 0);
        TcpSock s = node.accept(listener);
        assertNotNull(s);
        assertEquals(TcpState.ESTABLISHED, s.state());
        return s;
    }

    /// A connection that we opened.
    public TcpSock connected() {
        TcpSock s = connecting();
        synOptions(1000, -1).in("SA", 0, 1, 0);
        options = new byte[0];
        expect("A", 1, 1, 0);
        assertEquals(TcpState.ESTABLISHED, s.state());
        return s;
    }

    /// A socket whose SYN is out.
    public TcpSock connecting() {
        TcpSock s = node.socket();
        assertEquals(-115, node.connect(s, PEER, PEER_PORT));
        localPort = s.localPort();
        expect("S", 0, 0, 0);
        return s;
    }

    /// All skbs are back.
    public void noLeak() {
        node.network.drain(0, node.cpu());
        node.host.assertNoLeak();
    }

    /// The queue of the wire is full, or not.
    public void full(boolean value) {
        out.queueLimit = value ? 0 : Integer.MAX_VALUE;
    }

    /// A true statement about the time when a segment was sent.
    public static void near(long nanos, long millis, String what) {
        assertTrue(Math.abs(nanos - millis * 1_000_000L) <= 5_000_000L, what + ": " + nanos);
    }
}
