package dev.netstack4j.testkit.kit.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Valid frames from 02:00:00:00:00:02, 10.0.0.2, to the host of the kits for packets, with right checksums.
public final class PeerFrames {
    private static final int ETHERNET = 14;
    private static final int IP = 20;
    private static final byte[] OWN = {2, 0, 0, 0, 0, 1};
    private static final byte[] PEER = {2, 0, 0, 0, 0, 2};
    private static final int OWN_ADDRESS = 0x0A000001;
    private static final int PEER_ADDRESS = 0x0A000002;

    private PeerFrames() {}

    /// An Ethernet frame.
    public static byte[] ethernet(int etherType, byte[] payload) {
        return ByteBuffer.allocate(ETHERNET + payload.length)
                .put(OWN)
                .put(PEER)
                .putShort((short) etherType)
                .put(payload)
                .array();
    }

    /// A request for the address of the host.
    public static byte[] arpRequest() {
        return ethernet(
                0x0806,
                ByteBuffer.allocate(28)
                        .putLong(0x0001_0800_0604_0001L)
                        .put(PEER)
                        .putInt(PEER_ADDRESS)
                        .put(new byte[6])
                        .putInt(OWN_ADDRESS)
                        .array());
    }

    /// An IPv4 packet without options.
    public static byte[] ipv4(int protocol, byte[] payload) {
        ByteBuffer b = ByteBuffer.allocate(IP + payload.length)
                .putShort((short) 0x4500)
                .putShort((short) (IP + payload.length))
                .putInt(0x0001_0000)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(PEER_ADDRESS)
                .putInt(OWN_ADDRESS)
                .put(payload);
        b.putShort(10, checksum(b.array(), IP, 0));
        return ethernet(0x0800, b.array());
    }

    /// An echo request.
    public static byte[] ping(byte[] data) {
        ByteBuffer b = ByteBuffer.allocate(8 + data.length)
                .putInt(0x0800_0000)
                .putInt(0x0001_0001)
                .put(data);
        b.putShort(2, checksum(b.array(), b.capacity(), 0));
        return ipv4(1, b.array());
    }

    /// An ICMP error that quotes the beginning of a packet as if the host had sent it.
    ///
    /// @param frame  a frame with an IPv4 packet to the host
    /// @param quoted bytes of the packet that are quoted, if it has as many
    public static byte[] icmpError(int type, int code, byte[] frame, int quoted) {
        byte[] packet = Arrays.copyOfRange(frame, ETHERNET, Math.min(frame.length, ETHERNET + quoted));
        ByteBuffer.wrap(packet).putInt(12, OWN_ADDRESS).putInt(16, PEER_ADDRESS);
        ByteBuffer b = ByteBuffer.allocate(8 + packet.length)
                .put((byte) type)
                .put((byte) code)
                .putShort((short) 0)
                .putInt(600)
                .put(packet);
        b.putShort(2, checksum(b.array(), b.capacity(), 0));
        return ipv4(1, b.array());
    }

    /// A datagram from port 4000.
    public static byte[] udp(int port, byte[] data) {
        ByteBuffer b = ByteBuffer.allocate(8 + data.length)
                .putShort((short) 4000)
                .putShort((short) port)
                .putShort((short) (8 + data.length))
                .putShort((short) 0)
                .put(data);
        short sum = checksum(b.array(), b.capacity(), pseudo(17, b.capacity()));
        b.putShort(6, sum == 0 ? -1 : sum);
        return ipv4(17, b.array());
    }

    /// The first segment of a connection from port 4000.
    public static byte[] tcpSyn(int port) {
        ByteBuffer b = ByteBuffer.allocate(24)
                .putShort((short) 4000)
                .putShort((short) port)
                .putInt(1000)
                .putInt(0)
                .putShort((short) 0x6002)
                .putShort((short) 8192)
                .putInt(0)
                .putInt(0x0204_05B4);
        b.putShort(16, checksum(b.array(), b.capacity(), pseudo(6, b.capacity())));
        return ipv4(6, b.array());
    }

    /// The frame with the length and checksum that its IPv4 header should have.
    public static byte[] repairedIpv4(byte[] frame) {
        byte[] header = Arrays.copyOfRange(frame, ETHERNET, ETHERNET + IP);
        ByteBuffer h = ByteBuffer.wrap(header)
                .putShort(2, (short) (frame.length - ETHERNET))
                .putShort(10, (short) 0);
        h.putShort(10, checksum(header, IP, 0));
        byte[] repaired = frame.clone();
        System.arraycopy(header, 0, repaired, ETHERNET, IP);
        return repaired;
    }

    private static int pseudo(int protocol, int length) {
        return (OWN_ADDRESS >>> 16)
                + (OWN_ADDRESS & 0xFFFF)
                + (PEER_ADDRESS >>> 16)
                + (PEER_ADDRESS & 0xFFFF)
                + protocol
                + length;
    }

    private static short checksum(byte[] bytes, int length, int start) {
        int sum = start;
        for (int i = 0; i < length; i++) {
            sum += (i & 1) == 0 ? (bytes[i] & 0xFF) << 8 : bytes[i] & 0xFF;
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
