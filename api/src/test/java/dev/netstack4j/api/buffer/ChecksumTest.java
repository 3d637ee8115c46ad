package dev.netstack4j.api.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    /// The definition: 16-bit words in network order, an odd last byte padded with zero.
    private static int slow(byte[] b, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (b[from + i] & 0xFF) << ((i & 1) == 0 ? 8 : 0);
            sum = (sum >>> 16) + (sum & 0xFFFF);
        }
        return sum;
    }

    @Test
    void theFastSumEqualsTheDefinitionAtEveryLengthAndOffset() {
        byte[] bytes = new byte[2000];
        new SplittableRandom(3).nextBytes(bytes);
        MemorySegment segment = MemorySegment.ofArray(bytes);
        for (int length = 0; length < 300; length++) {
            for (int from = 0; from < 9; from++) {
                assertEquals(
                        slow(bytes, from, length),
                        Checksum.sum(segment, from, length),
                        "length " + length + " from " + from);
            }
        }
        assertEquals(slow(bytes, 1, 1999), Checksum.sum(segment, 1, 1999));
    }

    @Test
    void aKnownHeaderHasItsKnownChecksum() {
        byte[] header = {
            0x45,
            0,
            0,
            0x73,
            0,
            0,
            0x40,
            0,
            0x40,
            0x11,
            0,
            0,
            (byte) 192,
            (byte) 168,
            0,
            1,
            (byte) 192,
            (byte) 168,
            0,
            (byte) 199
        };
        assertEquals(0xB861, Checksum.finish(Checksum.sum(MemorySegment.ofArray(header), 0, 20)));
    }

    @Test
    void changingOneFieldUpdatesTheChecksumWithoutSummingAgain() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 1000; i++) {
            byte[] header = new byte[20];
            random.nextBytes(header);
            int before = Checksum.finish(slow(header, 0, 20));
            int old = (header[8] & 0xFF) << 8 | header[9] & 0xFF;
            int fresh = random.nextInt(0x10000);
            header[8] = (byte) (fresh >> 8);
            header[9] = (byte) fresh;
            assertEquals(Checksum.finish(slow(header, 0, 20)), Checksum.update(before, old, fresh));
        }
    }

    @Test
    void sumsOfPartsAtOddOffsetsAddUp() {
        byte[] bytes = new byte[101];
        new SplittableRandom(8).nextBytes(bytes);
        for (int cut = 0; cut <= 101; cut++) {
            int sum = Checksum.addAt(slow(bytes, 0, cut), slow(bytes, cut, 101 - cut), cut);
            assertEquals(slow(bytes, 0, 101), sum);
        }
    }
}
