package dev.netstack4j.cli.iperf;

import java.nio.ByteBuffer;

/// What stands first in each datagram:
/// ```
///  0                   1                   2                   3
///  +---------------------------------------------------------------+
///  |                      seconds when it was sent                 |
///  |                      microseconds                             |
///  |                      number, from 1 (or the upper half of it) |
///  |                      (lower half)                             |
///  +---------------------------------------------------------------+
/// ```
final class DatagramHeader {
    /// Bytes at most.
    static final int LONG = 16;
    /// The first datagram of a client, which makes its flow known.
    static final int CONNECT = 0x36373839;
    /// The server's answer to it.
    static final int CONNECTED = 0x39383736;
    /// As older clients connect, and are answered.
    static final int OLD_CONNECT = 123456789;
    static final int OLD_CONNECTED = 987654321;

    private static final long SECOND = 1_000_000_000;
    private static final int NUMBER_AT = 8;

    private DatagramHeader() {}

    static void write(ByteBuffer to, long wallNanos, long number, boolean wide) {
        to.putInt(0, (int) (wallNanos / SECOND));
        to.putInt(Integer.BYTES, (int) (wallNanos % SECOND / 1000));
        if (wide) {
            to.putLong(NUMBER_AT, number);
        } else {
            to.putInt(NUMBER_AT, (int) number);
        }
    }

    static long sentNanos(ByteBuffer from) {
        return Integer.toUnsignedLong(from.getInt(0)) * SECOND + from.getInt(Integer.BYTES) * 1000L;
    }

    static long number(ByteBuffer from, boolean wide) {
        return wide ? from.getLong(NUMBER_AT) : Integer.toUnsignedLong(from.getInt(NUMBER_AT));
    }

    static int length(boolean wide) {
        return wide ? LONG : NUMBER_AT + Integer.BYTES;
    }
}
