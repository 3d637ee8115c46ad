package dev.netstack4j.testkit.script.wire;

/// The bytes of payload of which a script says the length alone: each tells its position, so that bytes of a wrong
/// place are noticed.
public final class Pattern {
    private Pattern() {}

    /// The bytes of a range of positions.
    public static byte[] of(long from, int length) {
        byte[] b = new byte[length];
        for (int i = 0; i < length; i++) {
            b[i] = at(from + i);
        }
        return b;
    }

    /// The byte at a position.
    public static byte at(long position) {
        return (byte) (position * 31 + (position >> 8) * 17 + (position >> 16));
    }

    /// Whether bytes are the pattern from a position on.
    public static boolean matches(byte[] bytes, long from) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != at(from + i)) {
                return false;
            }
        }
        return true;
    }
}
