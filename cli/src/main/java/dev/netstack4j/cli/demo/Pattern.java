package dev.netstack4j.cli.demo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bytes that look random and are the same in every run: SplitMix64 over a block number. They are small letters from `
/// to o, so that who reads a capture sees data and takes none of it for the header of some protocol.
final class Pattern {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private Pattern() {}

    /// Fills the first `length` bytes with those of block `block`.
    static void fill(byte[] into, int length, long block) {
        long state = mix(block + 1);
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            state += STEP;
            LONGS.set(into, i, letters(mix(state)));
        }
        for (; i < length; i++) {
            state += STEP;
            into[i] = (byte) letters(mix(state));
        }
    }

    static byte[] bytes(int length, long block) {
        byte[] b = new byte[length];
        fill(b, length, block);
        return b;
    }

    private static long letters(long bits) {
        return bits & 0x0F0F_0F0F_0F0F_0F0FL | 0x6060_6060_6060_6060L;
    }

    private static long mix(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
