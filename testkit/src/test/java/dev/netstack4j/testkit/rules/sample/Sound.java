package dev.netstack4j.testkit.rules.sample;

import dev.netstack4j.api.runtime.Clock;
import java.util.Locale;

/// Breaks no rule.
final class Sound {
    static final int LIMIT = 3;
    private final Clock clock;

    Sound(Clock clock) {
        this.clock = clock;
    }

    String now() {
        return String.format(Locale.ROOT, "%d", clock.nanos());
    }
}
