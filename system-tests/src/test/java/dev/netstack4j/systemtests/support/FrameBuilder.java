package dev.netstack4j.systemtests.support;

/// Builds one frame in a byte array, written from the RFCs and not with the stack's own code.
public final class FrameBuilder {
    /// Bytes of an Ethernet header.
    public static final int ETHERNET = 14;
    /// TCP flag.
    public static final int FIN = 1;
    /// TCP flag.
    public static final int SYN = 2;
    /// TCP flag.
    public static final int RST = 4;
    /// TCP flag.
    public static final int ACK = 16;

    /// The frame.
    public byte[] bytes = new byte[0];
    /// Bytes of the frame.
    public int length;
    private int ip;
    private int transport;

    public void begin(byte[] into) {
        bytes = into;
        length = 0;
        ip = 0;
        transport = 0;
    }

    public FrameBuilder u8(int v) {
        bytes[length++] = (byte) v;
        return this;
    }

    public FrameBuilder u16(int v) {
        return u8(v >>> 8).u8(v);
    }

    public FrameBuilder u32(int v) {
        return u16(v >>> 16).u16(v);
    }

    public FrameBuilder u48(long v) {
        return u16((int) (v >>> 32)).u32((int) v);
    }

    public FrameBuilder ethernet(long to, long from, int type) {
        return u48(to).u48(from).u16(type);
    }

    public FrameBuilder arp(int operation, long fromMac, int from, long toMac, int to) {
        return u16(1).u16(0x0800)
                .u8(6)
                .u8(4)
                .u16(operation)
                .u48(fromMac)
                .u32(from)
                .u48(toMac)
                .u32(to);
    }

    /// An IPv4 header; total length and checksum are filled in by [#endIp].
    public FrameBuilder ipv4(int protocol, int from, int to, int id, int fragment, byte[] options) {
        ip = length;
        u8(0x45 + options.length / 4)
                .u8(0)
                .u16(0)
                .u16(id)
                .u16(fragment)
                .u8(64)
                .u8(protocol)
                .u16(0)
                .u32(from)
                .u32(to);
        return raw(options);
    }

    public FrameBuilder raw(byte[] b) {
        System.arraycopy(b, 0, bytes, length, b.length);
        length += b.length;
        return this;
    }

    public FrameBuilder zeros(int n) {
        for (int i = 0; i < n; i++) {
            u8(i);
        }
        return this;
    }

    public FrameBuilder transport() {
        transport = length;
        return this;
    }

    public FrameBuilder tcp(int from, int to, int seq, int ack, int flags, int window, byte[] options) {
        transport();
        u16(from)
                .u16(to)
                .u32(seq)
                .u32(ack)
                .u8((5 + options.length / 4) << 4)
                .u8(flags)
                .u16(window)
                .u32(0);
        return raw(options);
    }

    public FrameBuilder udp(int from, int to, int payload) {
        return transport().u16(from).u16(to).u16(8 + payload).u16(0).zeros(payload);
    }

    /// Fills in lengths and checksums.
    public void endIp() {
        put16(ip + 2, length - ip);
        sumTransport();
        sumIp();
    }

    /// The IPv4 header's checksum, over as much header as it says there is.
    public void sumIp() {
        int words = Math.min((bytes[ip] & 15) * 4, length - ip) & ~1;
        put16(ip + 10, 0);
        put16(ip + 10, ~fold(sum(ip, words)));
    }

    private void sumTransport() {
        int protocol = bytes[ip + 9];
        int n = length - transport;
        int at = transport + (protocol == 6 ? 16 : protocol == 17 ? 6 : 2);
        if (transport == 0 || protocol != 1 && protocol != 6 && protocol != 17 || at + 2 > length) {
            return;
        }
        put16(at, 0);
        long pseudo = protocol == 1 ? 0 : sum(ip + 12, 8) + protocol + n;
        put16(at, ~fold(sum(transport, n) + pseudo));
    }

    public int ipHeader() {
        return ip;
    }

    public int transportHeader() {
        return transport;
    }

    public void put16(int at, int v) {
        bytes[at] = (byte) (v >>> 8);
        bytes[at + 1] = (byte) v;
    }

    private long sum(int at, int n) {
        long s = 0;
        for (int i = 0; i < n; i++) {
            int b = bytes[at + i] & 0xFF;
            s += (i & 1) == 0 ? b << 8 : b;
        }
        return s;
    }

    private static int fold(long s) {
        long r = s;
        while (r >>> 16 != 0) {
            r = (r & 0xFFFF) + (r >>> 16);
        }
        return (int) r;
    }
}
