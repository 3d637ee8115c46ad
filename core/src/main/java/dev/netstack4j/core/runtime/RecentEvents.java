package dev.netstack4j.core.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a stepped runtime did last. Adding stores three words; the text is made when somebody asks.
final class RecentEvents {
    private static final int KEPT = 64;

    private final long[] when = new long[KEPT];
    private final @Nullable Object[] who = new @Nullable Object[KEPT];
    private final String[] what = new String[KEPT];
    private int added;

    void add(long now, Object subject, String event) {
        int i = added++ & KEPT - 1;
        when[i] = now;
        who[i] = subject;
        what[i] = event;
    }

    /// Oldest first.
    List<String> list() {
        List<String> all = new ArrayList<>();
        for (int i = Math.max(0, added - KEPT); i < added; i++) {
            int k = i & KEPT - 1;
            all.add(String.format(Locale.ROOT, "%.6f ms  %s %s", when[k] / 1e6, who[k], what[k]));
        }
        return all;
    }
}
