package dev.netstack4j.cli.iperf;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What a test came to.
///
/// @param plan     what was measured
/// @param sent     as the sender counted
/// @param received as the receiver counted
public record Outcome(TestPlan plan, Counted sent, Counted received) {
    private static final double MEGA = 1e6;
    private static final double MILLI = 1e3;

    /// For people, two lines.
    public String text() {
        return line("sender", sent) + line("receiver", received);
    }

    private String line(String who, Counted c) {
        String datagrams = plan.udp() && who.equals("receiver")
                ? String.format(
                        Locale.ROOT,
                        "  jitter %.3f ms  lost %d of %d (%.2g %%)",
                        c.jitter() * MILLI,
                        c.lost(),
                        c.packets(),
                        lostPercent())
                : "";
        return String.format(
                Locale.ROOT,
                "%-8s  %.2f s  %.2f MB  %.2f Mbit/s%s%n",
                who,
                c.seconds(),
                c.bytes() / MEGA,
                c.rate() / MEGA,
                datagrams);
    }

    private double lostPercent() {
        return received.packets() == 0 ? 0 : 100.0 * received.lost() / received.packets();
    }

    /// Named and laid out as the end of iperf3's own JSON.
    public Map<String, Object> toMessage() {
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("protocol", plan.udp() ? "UDP" : "TCP");
        test.put("num_streams", plan.streams());
        test.put("blksize", plan.length());
        test.put("duration", plan.seconds());
        test.put("reverse", plan.reverse() ? 1 : 0);
        Map<String, Object> end = new LinkedHashMap<>();
        end.put("sum_sent", sum(sent, true));
        end.put("sum_received", sum(received, false));
        return Map.of("start", Map.of("test_start", test), "end", end);
    }

    private Map<String, Object> sum(Counted c, boolean sender) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("seconds", c.seconds());
        m.put("bytes", c.bytes());
        m.put("bits_per_second", c.rate());
        if (plan.udp()) {
            m.put("packets", c.packets());
            if (!sender) {
                m.put("jitter_ms", c.jitter() * MILLI);
                m.put("lost_packets", c.lost());
                m.put("lost_percent", lostPercent());
            }
        }
        m.put("sender", sender);
        return m;
    }
}
