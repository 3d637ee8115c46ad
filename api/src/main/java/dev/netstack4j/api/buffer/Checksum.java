package dev.netstack4j.api.buffer;

import dev.netstack4j.api.doc.Rfc;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The Internet checksum. Sums are 16 bits in network order and not complemented; [#finish] complements.
@Rfc({"1071", "1624"})
public final class Checksum {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final int SHORT = 64;
    private static final boolean SWAP = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private Checksum() {}

    /// Sums `length` bytes of `segment` from `at`.
    public static int sum(MemorySegment segment, long at, int length) {
        return length <= SHORT ? finishSum(tail(segment, at, length)) : sumLong(segment, at, length);
    }

    private static int sumLong(MemorySegment segment, long at, int length) {
        int words = length >> 3;
        return finishSum(sumWords(segment, at, words) + tail(segment, at + ((long) words << 3), length & 7));
    }

    private static int finishSum(long sum) {
        int folded = foldLong(sum);
        return SWAP ? Integer.reverseBytes(folded) >>> 16 : folded;
    }

    /// One accumulator and an int index: the shape that the compiler turns into vector code. A slice would be a third
    /// faster, but it is an object a packet wherever the compiler does not see through it.
    private static long sumWords(MemorySegment segment, long at, int words) {
        long sum = 0;
        for (int i = 0; i < words; i++) {
            long x = segment.get(LONG, at + ((long) i << 3));
            sum += (x & 0xFFFF_FFFFL) + (x >>> 32);
        }
        return sum;
    }

    /// Two bytes at a time; needs no slice, so that headers are summed without an allocation even before compilation.
    private static long tail(MemorySegment segment, long at, int length) {
        long sum = 0;
        int i = 0;
        for (; i + 1 < length; i += 2) {
            sum += segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + i) & 0xFFFF;
        }
        if (i < length) {
            int last = segment.get(ValueLayout.JAVA_BYTE, at + i) & 0xFF;
            sum += SWAP ? last : last << 8;
        }
        return sum;
    }

    private static int foldLong(long sum) {
        long s = (sum >>> 32) + (sum & 0xFFFF_FFFFL);
        s = (s >>> 32) + (s & 0xFFFF_FFFFL);
        return fold((int) (s >>> 16) + (int) (s & 0xFFFF));
    }

    /// Folds a sum of some 16-bit values to 16 bits.
    public static int fold(int sum) {
        int s = (sum >>> 16) + (sum & 0xFFFF);
        return (s >>> 16) + (s & 0xFFFF);
    }

    /// Adds two folded sums.
    public static int add(int a, int b) {
        return fold(a + b);
    }

    /// Adds `b`, the sum of bytes that begin at `offset` of the whole: at an odd offset its bytes swap.
    public static int addAt(int a, int b, int offset) {
        return fold(a + ((offset & 1) == 0 ? b : (b >>> 8 | (b & 0xFF) << 8)));
    }

    /// Sum of the two halves of a 32-bit value.
    public static int of32(int value) {
        return fold((value >>> 16) + (value & 0xFFFF));
    }

    /// Sum of the four parts of a 64-bit value.
    public static int of64(long value) {
        return add(of32((int) (value >>> 32)), of32((int) value));
    }

    /// What stands in a header: the complement of the folded sum.
    public static int finish(int sum) {
        return ~fold(sum) & 0xFFFF;
    }

    /// A header's checksum after one 16-bit field changed.
    @Rfc("1624#3")
    public static int update(int checksum, int oldField, int newField) {
        return ~fold((~checksum & 0xFFFF) + (~oldField & 0xFFFF) + newField) & 0xFFFF;
    }
}
