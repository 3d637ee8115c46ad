package dev.netstack4j.proto.tcp.header;

import dev.netstack4j.api.doc.Rfc;

/// Arithmetic of sequence numbers, modulo 2^32.
@Rfc("9293#3.4")
public final class Seq {
    private Seq() {}

    /// Whether `a` comes before `b`.
    public static boolean before(int a, int b) {
        return a - b < 0;
    }

    /// Whether `a` comes behind `b`.
    public static boolean after(int a, int b) {
        return b - a < 0;
    }

    /// Whether `a` comes before `b` or is it.
    public static boolean atMost(int a, int b) {
        return a - b <= 0;
    }

    /// Whether `low <= x <= high`.
    public static boolean between(int x, int low, int high) {
        return Integer.compareUnsigned(high - low, x - low) >= 0;
    }

    /// The later of two.
    public static int max(int a, int b) {
        return after(a, b) ? a : b;
    }

    /// The earlier of two.
    public static int min(int a, int b) {
        return before(a, b) ? a : b;
    }
}
