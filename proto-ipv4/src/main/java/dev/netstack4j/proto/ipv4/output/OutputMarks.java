package dev.netstack4j.proto.ipv4.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;

/// What IPv4 keeps in the control block of a packet on its way out.
@Linux("include/net/ip.h#inet_skb_parm")
public final class OutputMarks {
    /// The device's MTU counts, not the path's.
    public static final int IGNORE_PATH_MTU = 1;
    /// The packet is forwarded.
    public static final int FORWARDED = 2;
    private static final int WORD = 0;

    private OutputMarks() {}

    /// Sets the marks of a packet.
    public static void set(SkBuff skb, int marks) {
        skb.cb(WORD, marks);
    }

    /// Whether a mark is set.
    public static boolean has(SkBuff skb, int mark) {
        return (skb.cb(WORD) & mark) != 0;
    }
}
