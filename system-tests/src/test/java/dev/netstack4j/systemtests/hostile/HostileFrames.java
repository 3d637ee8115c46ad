package dev.netstack4j.systemtests.hostile;

import static dev.netstack4j.systemtests.support.FrameBuilder.ACK;
import static dev.netstack4j.systemtests.support.FrameBuilder.ETHERNET;
import static dev.netstack4j.systemtests.support.FrameBuilder.RST;
import static dev.netstack4j.systemtests.support.FrameBuilder.SYN;

import dev.netstack4j.systemtests.support.FrameBuilder;
import java.util.SplittableRandom;

/// Draws wrong and hostile frames, from pure noise to what an attacker sends who knows the connection. Equal seeds give
/// equal frames.
final class HostileFrames {
    static final int VICTIM = 0x0A000001;
    static final int PEER = 0x0A000002;
    static final long PEER_MAC = 0x02_00_00_00_00_02L;
    static final int TCP_PORT = 80;
    static final int UDP_PORT = 53;
    static final String[] KINDS = {
        "noise", "truncated", "mutated", "checksum", "fragment", "tcp", "options", "icmp", "arp", "udp", "link", "syn"
    };

    private final SplittableRandom random;
    private final long victimMac;
    private final Connections connections;
    private final FrameBuilder f = new FrameBuilder();
    private int cut;
    private int pieces;

    final long[] drawn = new long[KINDS.length];

    HostileFrames(long seed, long victimMac, Connections connections) {
        random = new SplittableRandom(seed);
        this.victimMac = victimMac;
        this.connections = connections;
    }

    int next(byte[] into) {
        f.begin(into);
        int kind = random.nextInt(KINDS.length);
        drawn[kind]++;
        switch (kind) {
            case 0 -> noise();
            case 1 -> truncated();
            case 2 -> mutated();
            case 3 -> badChecksum();
            case 4 -> fragment();
            case 5 -> flagSoup();
            case 6 -> ipOptions();
            case 7 -> icmp();
            case 8 -> arp();
            case 9 -> udp();
            case 10 -> link();
            default -> syn();
        }
        return f.length;
    }

    private void noise() {
        boolean addressed = random.nextInt(4) > 0;
        if (addressed) {
            ethernet(new int[] {0x0800, 0x0806, 0x8100, 0x86DD}[random.nextInt(4)]);
            if (random.nextBoolean()) {
                f.u8(0x45).u8(0);
            }
        }
        f.raw(some(random.nextInt(addressed ? 1500 : 1515)));
    }

    /// A frame that is right in everything.
    private void valid() {
        switch (random.nextInt(5)) {
            case 0 -> {
                ethernet(0x0806);
                f.arp(1 + random.nextInt(2), PEER_MAC, PEER, 0, VICTIM);
            }
            case 1 -> {
                begin(1, PEER, 0, new byte[0]);
                f.transport().u8(8).u8(0).u16(0).u32(random.nextInt()).zeros(random.nextInt(200));
                f.endIp();
            }
            case 2 -> {
                begin(17, PEER, 0, new byte[0]);
                f.udp(port(), UDP_PORT, random.nextInt(200));
                f.endIp();
            }
            case 3 -> segment(connections.any(random), ACK, random.nextInt(100), new byte[0]);
            default -> segment(connections.any(random), ACK, random.nextInt(1000), timestamps());
        }
    }

    private void truncated() {
        valid();
        f.length = Math.min(f.length, cut++ % 120);
        if (random.nextBoolean() && f.length >= ETHERNET + 20 && f.ipHeader() > 0) {
            f.put16(f.ipHeader() + 2, f.length - f.ipHeader()); // the shorter length is admitted
            f.sumIp();
        }
    }

    private void mutated() {
        valid();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(ETHERNET - 2, Math.min(f.length, 80));
            f.bytes[at] =
                    random.nextBoolean() ? (byte) random.nextInt() : (byte) (f.bytes[at] ^ 1 << random.nextInt(8));
        }
        if (random.nextBoolean() && f.ipHeader() > 0) {
            f.sumIp();
        }
    }

    private void badChecksum() {
        valid();
        int at = f.transportHeader() > 0 && random.nextBoolean() ? f.transportHeader() + 2 : ETHERNET + 10;
        f.bytes[Math.min(at + random.nextInt(2), f.length - 1)] ^= 1;
    }

    private void fragment() {
        if (random.nextBoolean()) {
            goodFragment();
            return;
        }
        int offset = random.nextInt(4) == 0 ? 0 : random.nextInt(random.nextInt(8) == 0 ? 8192 : 200);
        boolean more = random.nextInt(8) > 0;
        byte[] body = some(random.nextInt(16) == 0 ? random.nextInt(1400) : 8 * random.nextInt(1, 8));
        ethernet(0x0800);
        int protocol = new int[] {1, 6, 17, 99}[random.nextInt(4)];
        f.ipv4(protocol, source(), VICTIM, random.nextInt(64), offset | (more ? 0x2000 : 0), new byte[0]);
        f.raw(body).endIp();
    }

    /// Fragments that fit: three of each datagram, in any order, now and then one twice, so that some become whole.
    private void goodFragment() {
        int part = pieces % 3;
        int id = 1000 + pieces / 3 % 50_000;
        pieces += random.nextInt(16) > 0 ? 1 : 0;
        ethernet(0x0800);
        f.ipv4(17, PEER, VICTIM, id, part == 2 ? 4 : part * 2 | 0x2000, new byte[0]);
        if (part == 0) {
            f.u16(port()).u16(UDP_PORT).u16(40).u16(0).zeros(8);
        } else {
            f.zeros(part == 1 ? 16 : 8);
        }
        f.endIp();
    }

    private void flagSoup() {
        int[] c = connections.any(random);
        int flags =
                random.nextInt(256) & (random.nextInt(4) > 0 ? ~(SYN | RST) : -1) | (random.nextInt(8) > 0 ? ACK : 0);
        segment(c, flags, random.nextInt(8) == 0 ? random.nextInt(1400) : random.nextInt(40), tcpOptions());
    }

    private void syn() {
        int from = random.nextInt(8) == 0 ? source() : PEER;
        begin(6, from, 0, new byte[0]);
        f.tcp(port(), TCP_PORT, random.nextInt(), 0, SYN, random.nextInt(65536), tcpOptions());
        f.endIp();
    }

    private void ipOptions() {
        byte[] o = some(4 * random.nextInt(1, 11));
        o[0] = (byte) new int[] {0, 1, 7, 68, 131, 137, 148, 130, random.nextInt(256)}[random.nextInt(9)];
        o[1] = (byte) random.nextInt(random.nextBoolean() ? o.length + 2 : 256);
        o[2] = (byte) random.nextInt(random.nextBoolean() ? o.length + 2 : 256);
        begin(random.nextBoolean() ? 1 : 17, source(), 0, o);
        if (random.nextBoolean()) {
            f.transport().u8(8).u8(0).u16(0).u32(1).zeros(20);
        } else {
            f.udp(port(), UDP_PORT + random.nextInt(2), 20);
        }
        f.endIp();
    }

    /// Errors that quote a connection's own segment, among other types.
    private void icmp() {
        begin(1, source(), 0, new byte[0]);
        int[] c = connections.any(random);
        f.transport()
                .u8(random.nextInt(20))
                .u8(random.nextInt(17))
                .u16(0)
                .u32(random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(1600));
        f.u8(0x45)
                .u8(0)
                .u16(random.nextInt(1500))
                .u32(0)
                .u8(64)
                .u8(new int[] {1, 6, 17}[random.nextInt(3)])
                .u16(0);
        f.u32(VICTIM)
                .u32(PEER)
                .u16(TCP_PORT)
                .u16(c[0])
                .u32(c[2] + random.nextInt(100))
                .zeros(random.nextInt(12));
        f.length -= random.nextInt(4) == 0 ? random.nextInt(30) : 0;
        f.endIp();
    }

    private void arp() {
        ethernet(0x0806);
        long mac = random.nextInt(4) > 0 ? PEER_MAC : random.nextLong() >>> 16;
        f.arp(
                random.nextInt(4),
                mac,
                random.nextInt(4) == 0 ? VICTIM : source(),
                victimMac,
                random.nextInt(4) > 0 ? VICTIM : source());
        f.length -= random.nextInt(8) == 0 ? random.nextInt(28) : 0;
    }

    private void udp() {
        begin(17, source(), 0, new byte[0]);
        f.udp(port(), random.nextBoolean() ? UDP_PORT : random.nextInt(65536), random.nextInt(64));
        f.endIp();
        if (random.nextBoolean()) {
            f.put16(f.transportHeader() + 4, random.nextInt(random.nextBoolean() ? 16 : 65536));
        }
        if (random.nextBoolean()) {
            f.put16(f.transportHeader() + 6, 0);
        }
    }

    /// Other link-layer types, tags, destinations and lengths.
    private void link() {
        long to = random.nextBoolean() ? victimMac : random.nextBoolean() ? 0xFFFF_FFFF_FFFFL : 0x0100_5E00_0001L;
        f.ethernet(to, PEER_MAC, random.nextBoolean() ? 0x8100 : random.nextInt(65536));
        f.u16(random.nextInt(65536)).u16(random.nextBoolean() ? 0x0800 : random.nextInt(65536));
        f.raw(some(random.nextInt(random.nextInt(8) == 0 ? 2000 : 100)));
    }

    private void segment(int[] c, int flags, int payload, byte[] options) {
        begin(6, PEER, 0, new byte[0]);
        boolean near = random.nextInt(4) > 0;
        int seq = near ? c[1] + near() : random.nextInt();
        int ack = near ? c[2] + random.nextInt(-100, 200) : random.nextInt();
        int to = random.nextInt(8) == 0 ? random.nextInt(65536) : TCP_PORT;
        f.tcp(c[0], to, seq, ack, flags, random.nextInt(65536), options).zeros(payload);
        f.endIp();
        if (seq == c[1] && to == TCP_PORT && (flags & ACK) != 0) {
            c[1] += random.nextInt(4) > 0 ? payload : 0; // what the victim probably took; else it comes again
        }
    }

    /// How far from the next sequence number: mostly not at all.
    private int near() {
        return switch (random.nextInt(8)) {
            case 0 -> -random.nextInt(3000);
            case 1, 2 -> random.nextInt(3000);
            case 3 -> random.nextInt(100_000);
            default -> 0;
        };
    }

    private byte[] tcpOptions() {
        return switch (random.nextInt(5)) {
            case 0 -> new byte[0];
            case 1 -> timestamps();
            case 2 ->
                new byte[] {
                    2, 4, (byte) random.nextInt(), (byte) random.nextInt(), 4, 2, 1, 1, 3, 3, (byte) random.nextInt(), 1
                };
            case 3 -> sack();
            default -> some(4 * random.nextInt(11));
        };
    }

    private byte[] timestamps() {
        byte[] o = some(12);
        o[0] = 1;
        o[1] = 1;
        o[2] = 8;
        o[3] = 10;
        return o;
    }

    private byte[] sack() {
        byte[] o = some(20);
        o[0] = 1;
        o[1] = 1;
        o[2] = 5;
        o[3] = 18;
        return o;
    }

    private void begin(int protocol, int from, int fragment, byte[] options) {
        ethernet(0x0800);
        f.ipv4(protocol, from, VICTIM, random.nextInt(65536), fragment, options);
    }

    private void ethernet(int type) {
        long to = random.nextInt(16) == 0 ? 0xFFFF_FFFF_FFFFL : victimMac;
        f.ethernet(to, PEER_MAC, type);
    }

    private int source() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt();
            case 1 -> 0x0A000000 | random.nextInt(256);
            case 2 -> new int[] {VICTIM, 0, -1, 0x7F000001, 0xE0000001}[random.nextInt(5)];
            default -> PEER;
        };
    }

    private int port() {
        return 1024 + random.nextInt(2000);
    }

    private byte[] some(int n) {
        byte[] b = new byte[n];
        random.nextBytes(b);
        return b;
    }
}
