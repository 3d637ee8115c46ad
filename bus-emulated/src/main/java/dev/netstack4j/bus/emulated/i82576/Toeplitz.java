package dev.netstack4j.bus.emulated.i82576;

/// The Toeplitz hash of receive side scaling: for each set bit of the input the 32 key bits that begin at that bit's
/// place are added without carry. One table for each input byte, made when the key changes.
final class Toeplitz {
    /// Bytes of the key.
    static final int KEY = 40;
    /// Most bytes of input: two IPv6 addresses and two ports.
    static final int INPUT = 36;

    private final int[] table = new int[INPUT * 256];

    /// Takes a new key.
    void key(byte[] key) {
        for (int at = 0; at < INPUT; at++) {
            for (int value = 0; value < 256; value++) {
                table[at * 256 + value] = slow(key, at, value);
            }
        }
    }

    private static int slow(byte[] key, int at, int value) {
        long window = 0; // key bits from the byte's place on: 40 of them
        for (int i = 0; i < 5; i++) {
            window = window << 8 | (at + i < KEY ? key[at + i] & 0xFF : 0);
        }
        int sum = 0;
        for (int bit = 0; bit < 8; bit++) {
            sum ^= (value >>> 7 - bit & 1) != 0 ? (int) (window >>> 8 - bit) : 0;
        }
        return sum;
    }

    /// Adds input byte `value` at place `at`.
    int add(int sum, int at, int value) {
        return sum ^ table[at * 256 + value];
    }
}
