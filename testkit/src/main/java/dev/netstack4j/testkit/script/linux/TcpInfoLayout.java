package dev.netstack4j.testkit.script.linux;

import dev.netstack4j.api.doc.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/// Where `struct tcp_info` has its fields.
@Linux("include/uapi/linux/tcp.h#tcp_info")
final class TcpInfoLayout {
    static final int SIZE = 256;

    private static final String[] BYTES = {"state", "ca_state", "retransmits", "probes", "backoff", "options"};
    private static final int INTS_AT = 8;
    private static final String[] INTS = {
        "rto",
        "ato",
        "snd_mss",
        "rcv_mss",
        "unacked",
        "sacked",
        "lost",
        "retrans",
        "fackets",
        "last_data_sent",
        "last_ack_sent",
        "last_data_recv",
        "last_ack_recv",
        "pmtu",
        "rcv_ssthresh",
        "rtt",
        "rttvar",
        "snd_ssthresh",
        "snd_cwnd",
        "advmss",
        "reordering",
        "rcv_rtt",
        "rcv_space",
        "total_retrans"
    };
    private static final Map<String, Integer> LONGS = Map.of(
            "pacing_rate", 104,
            "max_pacing_rate", 112,
            "bytes_acked", 120,
            "bytes_received", 128,
            "delivery_rate", 160,
            "busy_time", 168,
            "rwnd_limited", 176,
            "sndbuf_limited", 184,
            "bytes_sent", 200,
            "bytes_retrans", 208);
    private static final Map<String, Integer> LATER_INTS = Map.ofEntries(
            Map.entry("segs_out", 136),
            Map.entry("segs_in", 140),
            Map.entry("notsent_bytes", 144),
            Map.entry("min_rtt", 148),
            Map.entry("data_segs_in", 152),
            Map.entry("data_segs_out", 156),
            Map.entry("delivered", 192),
            Map.entry("delivered_ce", 196),
            Map.entry("dsack_dups", 216),
            Map.entry("reord_seen", 220),
            Map.entry("rcv_ooopack", 224),
            Map.entry("snd_wnd", 228),
            Map.entry("rcv_wnd", 232),
            Map.entry("rehash", 236));

    private TcpInfoLayout() {}

    static void read(MemorySegment info, Map<String, Long> into) {
        for (int i = 0; i < BYTES.length; i++) {
            put(into, BYTES[i], info.get(ValueLayout.JAVA_BYTE, i) & 0xFF);
        }
        put(into, "fastopen_client_fail", info.get(ValueLayout.JAVA_BYTE, 7) >> 1 & 3);
        put(into, "total_rto", info.get(ValueLayout.JAVA_SHORT, 240) & 0xFFFF);
        put(into, "total_rto_recoveries", info.get(ValueLayout.JAVA_SHORT, 242) & 0xFFFF);
        put(into, "snd_wscale", info.get(ValueLayout.JAVA_BYTE, 6) & 15);
        put(into, "rcv_wscale", info.get(ValueLayout.JAVA_BYTE, 6) >> 4 & 15);
        for (int i = 0; i < INTS.length; i++) {
            put(into, INTS[i], unsigned(info, INTS_AT + 4 * i));
        }
        LATER_INTS.forEach((name, at) -> put(into, name, unsigned(info, at)));
        LONGS.forEach((name, at) -> put(into, name, info.get(ValueLayout.JAVA_LONG, at)));
    }

    private static long unsigned(MemorySegment info, int at) {
        return Integer.toUnsignedLong(info.get(ValueLayout.JAVA_INT, at));
    }

    private static void put(Map<String, Long> into, String name, long value) {
        into.put("tcpi_" + name, value);
    }
}
