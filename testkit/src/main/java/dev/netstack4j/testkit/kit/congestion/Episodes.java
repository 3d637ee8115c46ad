package dev.netstack4j.testkit.kit.congestion;

import java.util.SplittableRandom;

/// Random lives of connections.
final class Episodes {
    private static final int MOST_WINDOW = 5000;

    private final SplittableRandom random;

    Episodes(long seed) {
        random = new SplittableRandom(seed);
    }

    /// One thing that may happen to a connection.
    void step(Connection c) {
        int what = random.nextInt(100);
        if (what < 80) {
            c.pass(random.nextLong(1, 3_000_000));
            int most = Math.max(1, Math.min(c.cwnd(), 64));
            c.acknowledged(
                    random.nextInt(1, most + 1), random.nextInt(4) == 0 ? -1 : random.nextLong(1_000_000, 80_000_000));
        } else if (what < 92 || c.cwnd() > MOST_WINDOW) {
            c.lost();
        } else if (what < 95) {
            c.timedOut();
        } else {
            c.idle(random.nextLong(2_000_000_000L));
        }
    }

    void run(Connection c, int steps) {
        for (int i = 0; i < steps; i++) {
            step(c);
        }
    }
}
