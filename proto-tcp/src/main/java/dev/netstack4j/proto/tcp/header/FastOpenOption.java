package dev.netstack4j.proto.tcp.header;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;

/// The Fast Open option of one segment: a cookie, or the wish for one. Re-usable.
@Rfc("7413#4.1.1")
@Linux("include/net/tcp.h#tcp_fastopen_cookie")
public final class FastOpenOption {
    /// The length of an option that is not there.
    public static final int ABSENT = -1;
    /// Bytes of the longest cookie.
    public static final int MOST = 16;

    private static final int LEAST = 4;
    private static final int KIND = 34;
    private static final int HEADER = 2;
    private static final int EXPERIMENT_KIND = 254;
    private static final int EXPERIMENT_MAGIC = 0xF989;
    private static final int EXPERIMENT_HEADER = 4;
    private static final int NOP_NOP = 0x0101;

    /// Bytes of the cookie; 0 asks for one, [#ABSENT] means that there is no option.
    public int length = ABSENT;
    /// Its first eight bytes, the first one highest.
    public long high;
    /// Its other bytes.
    public long low;
    /// Whether it has the form of before the standard: a shared experimental kind.
    public boolean experimental;

    /// Absent.
    public FastOpenOption() {}

    /// Makes it absent.
    public void clear() {
        length = ABSENT;
        experimental = false;
    }

    /// Asks for a cookie.
    public void ask() {
        length = 0;
    }

    /// A cookie of eight bytes.
    public void set(long bytes) {
        length = Long.BYTES;
        high = bytes;
        low = 0;
    }

    /// Takes over another one.
    public void copy(FastOpenOption from) {
        length = from.length;
        high = from.high;
        low = from.low;
        experimental = from.experimental;
    }

    /// Whether both are the same cookie.
    public boolean equalsCookie(FastOpenOption other) {
        return length == other.length && high == other.high && low == other.low;
    }

    /// Whether an option of kind 254 is this one.
    static boolean isExperiment(SkBuff skb, int at, int kind, int optionLength) {
        return kind == EXPERIMENT_KIND
                && optionLength >= EXPERIMENT_HEADER
                && skb.get16(at + HEADER) == EXPERIMENT_MAGIC;
    }

    static boolean isStandard(int kind) {
        return kind == KIND;
    }

    /// Reads one; a cookie of a length that does not exist counts as none.
    @Linux("net/ipv4/tcp_input.c#tcp_parse_fastopen_option")
    void read(SkBuff skb, int at, int optionLength, boolean experiment) {
        int header = experiment ? EXPERIMENT_HEADER : HEADER;
        int n = optionLength - header;
        boolean valid = n == 0 || n >= LEAST && n <= MOST;
        if ((n & 1) != 0) {
            return;
        }
        length = valid ? n : ABSENT;
        experimental = experiment;
        high = 0;
        low = 0;
        for (int i = 0; valid && i < n; i++) {
            long bits = (long) skb.get8(at + header + i) << 56 - 8 * (i & 7);
            if (i < Long.BYTES) {
                high |= bits;
            } else {
                low |= bits;
            }
        }
    }

    /// Bytes that [#write] writes, a multiple of 4.
    public int space() {
        if (length == ABSENT) {
            return 0;
        }
        return (experimental ? EXPERIMENT_HEADER : HEADER) + length + 3 & ~3;
    }

    /// Writes it with the padding behind it.
    ///
    /// @return buffer offset behind them
    @Linux("net/ipv4/tcp_output.c#tcp_options_write")
    public int write(SkBuff skb, int at) {
        if (length == ABSENT) {
            return at;
        }
        int header = experimental ? EXPERIMENT_HEADER : HEADER;
        skb.put16(at, (experimental ? EXPERIMENT_KIND : KIND) << 8 | header + length);
        if (experimental) {
            skb.put16(at + HEADER, EXPERIMENT_MAGIC);
        }
        for (int i = 0; i < length; i += 2) {
            long word = i < Long.BYTES ? high : low;
            skb.put16(at + header + i, (int) (word >>> 48 - 8 * (i & 7)) & 0xFFFF);
        }
        int end = at + header + length;
        if ((header + length & 3) != 0) {
            skb.put16(end, NOP_NOP);
        }
        return at + space();
    }
}
