package dev.netstack4j.cli.iperf;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one side counted of a test, its own or the peer's.
///
/// @param seconds how long it measured
/// @param bytes   of all streams
/// @param packets datagrams; of a receiver the highest number seen, summed over streams
/// @param lost    datagrams missing, of a receiver
/// @param jitter  mean over streams, seconds, of a receiver
public record Counted(double seconds, long bytes, long packets, long lost, double jitter) {
    static Counted of(List<Tally> tallies, double seconds) {
        return new Counted(
                seconds,
                tallies.stream().mapToLong(t -> t.bytes).sum(),
                tallies.stream().mapToLong(t -> t.packets).sum(),
                tallies.stream().mapToLong(t -> t.lost).sum(),
                tallies.stream().mapToDouble(t -> t.jitter).average().orElse(0));
    }

    /// Bits a second.
    public double rate() {
        return seconds > 0 ? bytes * 8 / seconds : 0;
    }

    static Map<String, Object> toMessage(List<Tally> tallies, double seconds, double cpuShare) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("cpu_util_total", cpuShare * 100);
        m.put("cpu_util_user", cpuShare * 100); // Java is told the sum only
        m.put("cpu_util_system", 0.0);
        m.put("sender_has_retransmits", -1);
        m.put("streams", tallies.stream().map(t -> t.toMessage(seconds)).toList());
        return m;
    }

    static Counted ofMessage(Map<String, Object> m) throws IOException {
        if (!(m.get("streams") instanceof List<?> streams)) {
            throw new IOException("the peer's results name no streams");
        }
        double seconds = 0;
        double jitter = 0;
        long bytes = 0;
        long packets = 0;
        long lost = 0;
        for (Object o : streams) {
            if (o instanceof Map<?, ?> s) {
                bytes += number(s, "bytes").longValue();
                packets += number(s, "packets").longValue();
                lost += number(s, "errors").longValue();
                jitter += number(s, "jitter").doubleValue() / streams.size();
                double length = number(s, "end_time").doubleValue()
                        - number(s, "start_time").doubleValue();
                seconds = Math.max(seconds, length);
            }
        }
        return new Counted(seconds, bytes, packets, lost, jitter);
    }

    private static Number number(Map<?, ?> stream, String name) {
        return stream.get(name) instanceof Number n ? n : 0;
    }
}
