package dev.netstack4j.bus.emulated.silicon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.bus.emulated.bench.Bytes;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuperFrameCutterTest {
    private static final int FIN_PSH = 0x09;
    private static final int CWR = 0x80;

    private final Arena arena = Arena.ofAuto();
    private final SuperFrameCutter cutter = new SuperFrameCutter(arena);
    private final List<byte[]> taken = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private boolean allAlone = true;

    private boolean take(FrameBatch b, int f) {
        if (room == 0) {
            return false;
        }
        room--;
        byte[] bytes = new byte[b.frameLength(f)];
        b.copyFrame(f, MemorySegment.ofArray(bytes), 0, bytes.length);
        taken.add(bytes);
        allAlone &= b.gsoType(f) == FrameBatch.GSO_NONE;
        return true;
    }

    /// A packet with random contents: perhaps a tag, options of IP and TCP.
    private record Packet(byte[] bytes, int ip, int tcp, int headers, int mss) {
        static Packet random(Random r) {
            int ip = r.nextBoolean() ? 14 : 18;
            int tcp = ip + 20 + 4 * r.nextInt(11);
            int headers = tcp + 20 + 4 * r.nextInt(11);
            int mss = 1 + r.nextInt(3000);
            byte[] b = new byte[headers + 1 + r.nextInt(Math.min(65_000 - headers, 60 * mss))];
            r.nextBytes(b);
            if (ip == 18) {
                Bytes.put16(b, 12, 0x8100);
            }
            Bytes.put16(b, ip - 2, 0x0800);
            b[ip] = (byte) (4 << 4 | tcp - ip >> 2);
            Bytes.put16(b, ip + 2, b.length - ip);
            b[ip + 9] = 6;
            b[tcp + 12] = (byte) (headers - tcp << 2 | b[tcp + 12] & 15);
            Bytes.put16(b, tcp + 16, Bytes.pseudo(b, ip, b.length - tcp));
            return new Packet(b, ip, tcp, headers, mss);
        }

        int payload() {
            return bytes.length - headers;
        }
    }

    private FrameBatch inPieces(Packet p, Random r) {
        FrameBatch b = new FrameBatch(1, 64);
        b.clear();
        for (int at = 0, piece = 0; at < p.bytes.length; piece++) {
            int left = p.bytes.length - at;
            int n = piece == 40 ? left : 1 + r.nextInt(left);
            MemorySegment copy = arena.allocate(n + 8);
            MemorySegment.copy(p.bytes, at, copy, ValueLayout.JAVA_BYTE, 3, n);
            b.addPiece(copy, 3, n);
            at += n;
        }
        b.endFrame(FrameBatch.NEEDS_CSUM, p.tcp, 16, FrameBatch.GSO_TCPV4, p.mss, p.headers);
        return b;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anySuperFrameBecomesFramesWithHeadersOfTheirOwnHoweverOftenItIsRefused(long seed) {
        Random r = new Random(seed);
        for (int i = 0; i < 100; i++) {
            Packet p = Packet.random(r);
            FrameBatch b = inPieces(p, r);
            taken.clear();
            room = r.nextInt(4);
            while (!cutter.give(b, 0, this::take)) {
                room = 1 + r.nextInt(7);
            }
            check(p);
        }
    }

    /// As a card makes it whose driver gives each byte a descriptor.
    @Test
    void aSegmentMayLieInAsManyPiecesAsAPacketHas() {
        Random r = new Random(9);
        Packet p = Packet.random(r);
        while (p.mss < 1000 || p.payload() < 1024) {
            p = Packet.random(r);
        }
        MemorySegment copy = arena.allocate(p.bytes.length);
        MemorySegment.copy(p.bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, p.bytes.length);
        FrameBatch b = new FrameBatch(1, 1025);
        b.clear();
        b.addPiece(copy, 0, p.headers);
        for (int i = 0; i < 1023; i++) {
            b.addPiece(copy, p.headers + i, 1);
        }
        b.addPiece(copy, p.headers + 1023, p.payload() - 1023);
        b.endFrame(FrameBatch.NEEDS_CSUM, p.tcp, 16, FrameBatch.GSO_TCPV4, p.mss, p.headers);
        assertTrue(cutter.give(b, 0, this::take));
        check(p);
    }

    private void check(Packet p) {
        assertTrue(allAlone);
        assertEquals((p.payload() + p.mss - 1) / p.mss, taken.size());
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < taken.size(); i++) {
            byte[] s = taken.get(i);
            boolean last = i == taken.size() - 1;
            int flags = p.bytes[p.tcp + 13] & 0xFF;
            flags &= last ? 0xFF : ~FIN_PSH;
            flags &= i == 0 ? 0xFF : ~CWR;
            assertEquals(flags, s[p.tcp + 13] & 0xFF);
            assertEquals(s.length - p.ip, Bytes.get16(s, p.ip + 2));
            assertEquals(Bytes.get16(p.bytes, p.ip + 4) + i & 0xFFFF, Bytes.get16(s, p.ip + 4));
            assertEquals(Bytes.get32(p.bytes, p.tcp + 4) + joined.size(), Bytes.get32(s, p.tcp + 4));
            assertEquals(0xFFFF, Bytes.sum(s, p.ip, p.tcp), "IP checksum");
            int sum = Checksum.add(Bytes.pseudo(s, p.ip, s.length - p.tcp), Bytes.sum(s, p.tcp, s.length));
            assertEquals(0xFFFF, sum, "TCP checksum");
            assertTrue(last || s.length == p.headers + p.mss);
            assertArrayEquals(Arrays.copyOf(p.bytes, p.ip), Arrays.copyOf(s, p.ip));
            joined.write(s, p.headers, s.length - p.headers);
        }
        assertArrayEquals(Arrays.copyOfRange(p.bytes, p.headers, p.bytes.length), joined.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void damagedHeadersDoNoHarm(long seed) {
        Random r = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            Packet p = Packet.random(r);
            byte[] bytes = Arrays.copyOf(p.bytes, r.nextInt(200));
            for (int n = 0; n < 3 && bytes.length > 0; n++) {
                bytes[r.nextInt(bytes.length)] = (byte) r.nextInt();
            }
            taken.clear();
            room = 1000;
            int mss = r.nextInt(40) - 2;
            assertTrue(cutter.give(inPieces(new Packet(bytes, p.ip, p.tcp, p.headers, mss), r), 0, this::take));
            assertFalse(taken.isEmpty());
        }
    }

    @Test
    void aFrameThatDoesNotComeAgainIsForgotten() {
        Random r = new Random(8);
        Packet first = Packet.random(r);
        room = 1;
        cutter.give(inPieces(first, r), 0, this::take);
        cutter.forget();
        room = Integer.MAX_VALUE;
        taken.clear();
        Packet second = Packet.random(r);
        assertTrue(cutter.give(inPieces(second, r), 0, this::take));
        check(second);
    }
}
