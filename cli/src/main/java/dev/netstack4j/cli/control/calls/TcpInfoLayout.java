package dev.netstack4j.cli.control.calls;

import dev.netstack4j.api.doc.Linux;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The structure that TCP_INFO fills in, as a 64-bit little-endian Linux 6.7 has it: fields in order with their widths.
/// What the stack does not keep is 0.
@Linux("include/uapi/linux/tcp.h#tcp_info")
final class TcpInfoLayout {
    /// Bytes of the whole structure.
    static final int LENGTH = 248;

    private static final String BYTES = "state ca_state retransmits probes backoff options";
    private static final String FIRST_WORDS =
            "rto ato snd_mss rcv_mss unacked sacked lost retrans fackets last_data_sent"
                    + " last_ack_sent last_data_recv last_ack_recv pmtu rcv_ssthresh rtt rttvar snd_ssthresh snd_cwnd advmss"
                    + " reordering rcv_rtt rcv_space total_retrans";
    private static final String RATES = "pacing_rate max_pacing_rate bytes_acked bytes_received";
    private static final String SEGMENTS = "segs_out segs_in notsent_bytes min_rtt data_segs_in data_segs_out";
    private static final String TIMES = "delivery_rate busy_time rwnd_limited sndbuf_limited";
    private static final String DELIVERED = "delivered delivered_ce";
    private static final String SENT = "bytes_sent bytes_retrans";
    private static final String LAST_WORDS = "dsack_dups reord_seen rcv_ooopack snd_wnd rcv_wnd rehash";
    private static final String TIMEOUTS = "total_rto total_rto_recoveries";
    private static final String TIMEOUT_TIME = "total_rto_time";

    private TcpInfoLayout() {}

    /// All names in the order of the structure.
    static List<String> names() {
        List<String> names = new ArrayList<>();
        add(names, BYTES);
        add(names, "snd_wscale rcv_wscale delivery_rate_app_limited fastopen_client_fail");
        for (String group :
                List.of(FIRST_WORDS, RATES, SEGMENTS, TIMES, DELIVERED, SENT, LAST_WORDS, TIMEOUTS, TIMEOUT_TIME)) {
            add(names, group);
        }
        return names;
    }

    private static void add(List<String> names, String group) {
        for (String name : group.split(" ", -1)) {
            names.add("tcpi_" + name);
        }
    }

    /// Every field: those that the stack keeps, the others as 0.
    static Map<String, Long> complete(Map<String, Long> kept) {
        Map<String, Long> all = new LinkedHashMap<>();
        names().forEach(n -> all.put(n, kept.getOrDefault(n, 0L)));
        return all;
    }

    /// Fields that the stack does not keep.
    static List<String> absent(Map<String, Long> kept) {
        return names().stream().filter(n -> !kept.containsKey(n)).toList();
    }

    /// The structure.
    static byte[] bytes(Map<String, Long> kept) {
        ByteBuffer b = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        put(b, kept, BYTES, 1);
        b.put((byte) (value(kept, "snd_wscale") & 15 | value(kept, "rcv_wscale") << 4));
        b.put((byte) (value(kept, "delivery_rate_app_limited") & 1 | (value(kept, "fastopen_client_fail") & 3) << 1));
        put(b, kept, FIRST_WORDS, 4);
        put(b, kept, RATES, 8);
        put(b, kept, SEGMENTS, 4);
        put(b, kept, TIMES, 8);
        put(b, kept, DELIVERED, 4);
        put(b, kept, SENT, 8);
        put(b, kept, LAST_WORDS, 4);
        put(b, kept, TIMEOUTS, 2);
        put(b, kept, TIMEOUT_TIME, 4);
        return b.array();
    }

    private static long value(Map<String, Long> kept, String name) {
        return kept.getOrDefault("tcpi_" + name, 0L);
    }

    private static void put(ByteBuffer b, Map<String, Long> kept, String group, int width) {
        for (String name : group.split(" ", -1)) {
            long v = value(kept, name);
            switch (width) {
                case 1 -> b.put((byte) v);
                case 2 -> b.putShort((short) v);
                case 4 -> b.putInt((int) v);
                default -> b.putLong(v);
            }
        }
    }
}
