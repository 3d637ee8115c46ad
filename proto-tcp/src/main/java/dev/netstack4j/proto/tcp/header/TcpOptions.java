package dev.netstack4j.proto.tcp.header;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;

/// Parsing and writing of options.
@Rfc("9293#3.2")
public final class TcpOptions {
    /// Bytes of a timestamp option with its padding.
    public static final int TIMESTAMP_LENGTH = 12;
    /// The word that precedes the two timestamps: NOP, NOP, kind 8, length 10.
    public static final int TIMESTAMP_WORD = 0x0101080A;
    /// Largest window scale.
    public static final int MAX_WINDOW_SCALE = 14;
    private static final int END = 0;
    private static final int NOP = 1;
    private static final int MSS = 2;
    private static final int WINDOW_SCALE = 3;
    private static final int SACK_PERMITTED = 4;
    private static final int SACK = 5;
    private static final int TIMESTAMP = 8;

    private TcpOptions() {}

    /// Reads the options of a segment whose whole header is linear. A malformed list ends the parsing; what came before
    /// counts.
    @Linux("net/ipv4/tcp_input.c#tcp_parse_options")
    public static void parse(SkBuff skb, ParsedOptions into) {
        into.clear();
        int at = skb.transportHeader() + TcpHeader.LENGTH;
        int end = skb.transportHeader() + TcpHeader.length(skb);
        if (end - at == TIMESTAMP_LENGTH && skb.get32(at) == TIMESTAMP_WORD) {
            timestamp(skb, at + 2, into);
            return;
        }
        while (at < end) {
            int length = one(skb, at, end, into);
            if (length == 0) {
                return;
            }
            at += length;
        }
    }

    /// Parses one option.
    ///
    /// @return its length; 0 at the end of the list
    private static int one(SkBuff skb, int at, int end, ParsedOptions into) {
        int kind = skb.get8(at);
        if (kind == NOP) {
            return 1;
        }
        if (kind == END || at + 1 >= end) {
            return 0;
        }
        int length = skb.get8(at + 1);
        if (length < 2 || at + length > end) {
            return 0;
        }
        known(skb, at, kind, length, into);
        return length;
    }

    private static void known(SkBuff skb, int at, int kind, int length, ParsedOptions into) {
        if (kind == MSS && length == 4) {
            into.mss = skb.get16(at + 2);
        } else if (kind == WINDOW_SCALE && length == 3) {
            into.windowScale = Math.min(MAX_WINDOW_SCALE, skb.get8(at + 2));
        } else if (kind == SACK_PERMITTED && length == 2) {
            into.sackPermitted = true;
        } else if (kind == SACK && length >= 10 && (length - 2) % 8 == 0) {
            sack(skb, at + 2, (length - 2) / 8, into);
        } else if (kind == TIMESTAMP && length == 10) {
            timestamp(skb, at, into);
        } else if (FastOpenOption.isStandard(kind)) {
            into.fastOpen.read(skb, at, length, false);
        } else if (FastOpenOption.isExperiment(skb, at, kind, length)) {
            into.fastOpen.read(skb, at, length, true);
        }
    }

    private static void timestamp(SkBuff skb, int at, ParsedOptions into) {
        into.timestamp = true;
        into.tsVal = skb.get32(at + 2);
        into.tsEcr = skb.get32(at + 6);
    }

    private static void sack(SkBuff skb, int at, int blocks, ParsedOptions into) {
        int n = Math.min(blocks, ParsedOptions.MAX_SACK_BLOCKS);
        for (int i = 0; i < n; i++) {
            into.sackStart[i] = skb.get32(at + 8 * i);
            into.sackEnd[i] = skb.get32(at + 8 * i + 4);
        }
        into.sackBlocks = n;
    }

    /// Writes a timestamp option.
    ///
    /// @return buffer offset behind it
    public static int writeTimestamp(SkBuff skb, int at, int tsVal, int tsEcr) {
        skb.put32(at, TIMESTAMP_WORD);
        skb.put32(at + 4, tsVal);
        skb.put32(at + 8, tsEcr);
        return at + TIMESTAMP_LENGTH;
    }

    /// Writes the options of a SYN, in Linux's order: MSS, SACK permitted and timestamp, window scale.
    ///
    /// @param windowScale -1 for none
    /// @return buffer offset behind them, a multiple of 4 from `at`
    @Linux("net/ipv4/tcp_output.c#tcp_options_write")
    public static int writeSyn(
            SkBuff skb, int at, int mss, boolean sack, boolean timestamp, int tsVal, int tsEcr, int windowScale) {
        int p = at;
        skb.put32(p, MSS << 24 | 4 << 16 | mss);
        p += 4;
        if (timestamp) {
            skb.put32(p, sack ? SACK_PERMITTED << 24 | 2 << 16 | TIMESTAMP << 8 | 10 : TIMESTAMP_WORD);
            skb.put32(p + 4, tsVal);
            skb.put32(p + 8, tsEcr);
            p += TIMESTAMP_LENGTH;
        } else if (sack) {
            skb.put32(p, NOP << 24 | NOP << 16 | SACK_PERMITTED << 8 | 2);
            p += 4;
        }
        if (windowScale >= 0) {
            skb.put32(p, NOP << 24 | WINDOW_SCALE << 16 | 3 << 8 | windowScale);
            p += 4;
        }
        return p;
    }

    /// Bytes that [#writeSyn] writes.
    public static int synLength(boolean sack, boolean timestamp, int windowScale) {
        return 4 + (timestamp ? TIMESTAMP_LENGTH : sack ? 4 : 0) + (windowScale >= 0 ? 4 : 0);
    }

    /// Writes SACK blocks with two bytes of padding before them.
    ///
    /// @return buffer offset behind them
    @Rfc("2018#3")
    public static int writeSack(SkBuff skb, int at, int blocks, int[] start, int[] end) {
        skb.put32(at, NOP << 24 | NOP << 16 | SACK << 8 | 2 + 8 * blocks);
        int p = at + 4;
        for (int i = 0; i < blocks; i++) {
            skb.put32(p, start[i]);
            skb.put32(p + 4, end[i]);
            p += 8;
        }
        return p;
    }
}
