package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.api.congestion.CongestionState;
import dev.netstack4j.api.doc.Rfc;

/// HyStart++: leaves the first slow start before it overruns the path. When the least round trip of a round has grown
/// clearly over that of the round before, the window grows more slowly for a few rounds; if the round trip falls again,
/// it was chance and slow start goes on, otherwise the threshold is set. Rounds are counted in packets: one ends when
/// all that was in flight at its beginning has been acknowledged.
@Rfc("9406#4.2")
final class HyStart {
    private static final long LEAST_THRESHOLD_NANOS = 4_000_000L;
    private static final long MOST_THRESHOLD_NANOS = 16_000_000L;
    private static final int RTT_DIVISOR = 8;
    private static final int SAMPLES = 8;
    private static final int GROWTH_DIVISOR = 4;
    private static final int CONSERVATIVE_ROUNDS = 5;
    private static final long NONE = Long.MAX_VALUE;

    private long lastRoundMin = NONE;
    private long roundMin = NONE;
    private long baselineMin = NONE;
    private int samples;
    private int roundLeft;
    private int roundsLeft;
    private int credit;

    /// Whether it watches: in the first slow start, while no threshold is known.
    static boolean applies(CongestionState state) {
        return state.ssthresh() == Integer.MAX_VALUE;
    }

    /// Acknowledged packets, with a round trip or -1.
    void acked(CongestionState state, int packets, long rttNanos) {
        roundLeft -= packets;
        if (roundLeft < 0) {
            nextRound(state);
        }
        if (rttNanos >= 0) {
            roundMin = Math.min(roundMin, rttNanos);
            samples++;
            judge();
        }
    }

    private void nextRound(CongestionState state) {
        roundLeft = state.packetsInFlight();
        lastRoundMin = roundMin;
        roundMin = NONE;
        samples = 0;
        if (isConservative() && --roundsLeft == 0) {
            state.ssthresh(Math.max(2, state.cwnd()));
        }
    }

    private void judge() {
        if (samples < SAMPLES) {
            return;
        }
        if (isConservative()) {
            if (roundMin < baselineMin) {
                roundsLeft = 0;
            }
        } else if (lastRoundMin != NONE && roundMin >= lastRoundMin + threshold()) {
            baselineMin = roundMin;
            roundsLeft = CONSERVATIVE_ROUNDS;
        }
    }

    private long threshold() {
        return Math.clamp(lastRoundMin / RTT_DIVISOR, LEAST_THRESHOLD_NANOS, MOST_THRESHOLD_NANOS);
    }

    private boolean isConservative() {
        return roundsLeft > 0;
    }

    /// How many of the acknowledged packets the window may grow by.
    int allowed(int acked) {
        if (!isConservative()) {
            return acked;
        }
        credit += acked;
        int more = credit / GROWTH_DIVISOR;
        credit -= more * GROWTH_DIVISOR;
        return more;
    }
}
