package dev.netstack4j.testkit.script.record;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/// The lines of a script as they are written, with the time of each counted from the one before.
final class ScriptText {
    private static final long SLACK = 30_000_000;
    private static final long SHARE = 5;
    private static final long MICRO = 1000;

    private final StringBuilder text = new StringBuilder();
    private long last;

    /// A line without a time.
    ScriptText line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /// A call or an incoming packet.
    void event(long nanos, String what) {
        line(pad("+" + seconds(nanos - last)) + what);
        last = nanos;
    }

    /// A call at the time of the event before.
    void call(String what) {
        line(pad("+0") + "call " + what);
    }

    /// An expected packet, which may come somewhat earlier or later than it did.
    void out(long nanos, String what) {
        long delay = nanos - last;
        long slack = SLACK + delay / SHARE;
        line(pad("+" + seconds(Math.max(0, delay - slack)) + ".." + seconds(delay + slack)) + "out " + what);
        last = nanos;
    }

    private static String pad(String time) {
        return String.format(Locale.ROOT, "%-8s", time) + (time.length() >= 8 ? " " : "");
    }

    private static String seconds(long nanos) {
        BigDecimal s = BigDecimal.valueOf(nanos / MICRO, 6).setScale(6, RoundingMode.DOWN);
        return s.signum() == 0 ? "0" : s.stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
