package dev.netstack4j.cli.iperf;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is to be measured, as the client asks for it.
///
/// @param udp     datagrams instead of connections
/// @param seconds how long
/// @param streams connections, or flows of datagrams, at once
/// @param reverse the server sends
/// @param length  bytes of a block, or of a datagram
/// @param rate    bits a second of each stream, 0 for as fast as possible
/// @param wide    packets are counted in 64 bits
public record TestPlan(boolean udp, long seconds, int streams, boolean reverse, int length, long rate, boolean wide) {
    /// Blocks of TCP.
    public static final int BLOCK = 128 << 10;
    /// Datagrams that fit into Ethernet's MTU with timestamps to spare.
    public static final int DATAGRAM = 1448;
    /// What a client of UDP asks for unless told otherwise, bits a second.
    public static final long DATAGRAM_RATE = 1 << 20;

    private static final int MOST_STREAMS = 128;
    private static final int LONGEST = 1 << 20;
    private static final int LONGEST_DATAGRAM = 65507;

    /// The same, if a server would take it.
    ///
    /// @throws IOException in words which number is out of range
    public TestPlan checked() throws IOException {
        return of(toMessage());
    }

    /// As parameters of the protocol.
    Map<String, Object> toMessage() {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put(udp ? "udp" : "tcp", true);
        m.put("omit", 0);
        m.put("time", seconds);
        m.put("num", 0);
        m.put("blockcount", 0);
        m.put("parallel", streams);
        if (reverse) {
            m.put("reverse", true);
        }
        m.put("len", length);
        if (rate > 0 || udp) {
            m.put("bandwidth", rate);
        }
        if (wide) {
            m.put("udp_counters_64bit", 1);
        }
        m.put("pacing_timer", 1000);
        m.put("client_version", "3.12");
        return m;
    }

    static TestPlan of(Map<String, Object> m) throws IOException {
        for (String refused : new String[] {"bidirectional", "sctp", "num", "blockcount"}) {
            if (Boolean.TRUE.equals(m.get(refused)) || m.get(refused) instanceof Long n && n > 0) {
                throw new IOException("this server cannot test with '" + refused + "'");
            }
        }
        boolean udp = Boolean.TRUE.equals(m.get("udp"));
        int streams = (int) number(m, "parallel", 1, 1, MOST_STREAMS);
        int least = udp ? DatagramHeader.LONG : 1;
        int length = (int) number(m, "len", udp ? DATAGRAM : BLOCK, least, udp ? LONGEST_DATAGRAM : LONGEST);
        long rate = number(m, "bandwidth", 0, 0, Long.MAX_VALUE);
        boolean wide = number(m, "udp_counters_64bit", 0, 0, 1) == 1;
        boolean reverse = Boolean.TRUE.equals(m.get("reverse"));
        return new TestPlan(udp, number(m, "time", 10, 0, Integer.MAX_VALUE), streams, reverse, length, rate, wide);
    }

    private static long number(Map<String, Object> m, String name, long otherwise, long least, long most)
            throws IOException {
        long value = m.get(name) instanceof Number n ? n.longValue() : otherwise;
        if (value < least || value > most) {
            throw new IOException(
                    "the client asks for '" + name + "' " + value + ", which is not " + least + " to " + most);
        }
        return value;
    }
}
