package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionState;
import dev.netstack4j.api.congestion.RenoGrowth;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;

/// CUBIC: between losses the window is a cubic function of time around the window of the last loss. The first slow
/// start is watched by [HyStart].
@Rfc("9438")
@Linux("net/ipv4/tcp_cubic.c#bictcp")
public final class Cubic implements CongestionControl {
    private static final long NEVER = -1;
    private static final double C = 0.4;
    private static final double BETA = 0.7;
    private static final double RENO_ALPHA = 3 * (1 - BETA) / (1 + BETA);
    private static final double UNKNOWN_GROWTH = 1.05;
    private final HyStart hyStart = new HyStart();
    private int windowBeforeLoss;
    private double windowMax;
    private double k;
    private long epochNanos = -1;
    private double origin;
    private double renoEstimate;
    private double credit;
    private long idleSinceNanos;
    private boolean grew;
    private long limitedSinceNanos = NEVER;

    /// Of one connection.
    public Cubic() {}

    @Override
    public int ssthresh(CongestionState state) {
        windowBeforeLoss = state.cwnd();
        double cwnd = state.cwnd();
        // Fast convergence (4.7): a flow that lost below its last maximum gives way.
        windowMax = cwnd < windowMax ? cwnd * (1 + BETA) / 2 : cwnd;
        epochNanos = -1;
        return Math.max((int) (cwnd * BETA), 2);
    }

    /// Not twice the threshold: that would be 1.4 times the window before the loss.
    @Override
    public int undoCwnd(CongestionState state) {
        return Math.max(state.cwnd(), windowBeforeLoss);
    }

    @Override
    public void congAvoid(CongestionState state, int acked) {
        int rest = acked;
        windowLimits(state);
        if (state.inSlowStart()) {
            rest = slowStart(state, acked);
        }
        if (rest > 0) {
            avoid(state, rest);
        }
    }

    /// Time in which the application sent less than the window allows does not count (4.2). Less than a round trip is
    /// chance.
    private void windowLimits(CongestionState state) {
        grew = true;
        if (limitedSinceNanos != NEVER && epochNanos >= 0) {
            long time = state.nowNanos() - limitedSinceNanos;
            epochNanos += time > state.srttNanos() ? time : 0;
        }
        limitedSinceNanos = NEVER;
    }

    private int slowStart(CongestionState state, int acked) {
        if (!HyStart.applies(state)) {
            return RenoGrowth.slowStart(state, acked);
        }
        RenoGrowth.slowStart(state, hyStart.allowed(acked));
        return 0;
    }

    private void avoid(CongestionState state, int acked) {
        long now = state.nowNanos();
        double cwnd = state.cwnd();
        if (epochNanos < 0) {
            beginEpoch(now, cwnd);
        }
        double t = (now - epochNanos + state.srttNanos()) * 1e-9;
        double target = Math.max(leastTarget(cwnd), Math.min(origin + C * cube(t - k), 1.5 * cwnd));
        // The estimate grows like Reno's window once it is where the loss was (4.3).
        renoEstimate += (renoEstimate < windowBeforeLoss ? RENO_ALPHA : 1) * acked / cwnd;
        double wanted = Math.max(target, renoEstimate);
        credit += (wanted - cwnd) / cwnd * acked;
        int more = (int) credit;
        credit -= more;
        if (more > 0) {
            state.cwnd(state.cwnd() + more);
        }
    }

    /// While no window is known at which something was lost, the plateau of the cubic function says nothing: slow start
    /// may have been left long before the path was full, so the window goes on by a twentieth a round trip.
    @Linux("net/ipv4/tcp_cubic.c#bictcp_update")
    private double leastTarget(double cwnd) {
        return windowMax == 0 ? cwnd * UNKNOWN_GROWTH : cwnd;
    }

    private void beginEpoch(long now, double cwnd) {
        epochNanos = now;
        renoEstimate = cwnd;
        credit = 0;
        if (cwnd < windowMax) {
            k = Math.cbrt((windowMax - cwnd) / C);
            origin = windowMax;
        } else {
            k = 0;
            origin = cwnd;
        }
    }

    private static double cube(double x) {
        return x * x * x;
    }

    @Override
    public void event(CongestionState state, Event event) {
        if (event == Event.LOSS) {
            windowMax = 0;
            k = 0;
            epochNanos = -1;
        } else if (event == Event.TX_START && epochNanos >= 0 && idleSinceNanos > 0 && limitedSinceNanos == NEVER) {
            // The time without sending does not count (4.2).
            epochNanos += Math.max(0, state.nowNanos() - idleSinceNanos);
        }
    }

    @Override
    public void pktsAcked(CongestionState state, int acked, long rttNanos) {
        if (!grew && limitedSinceNanos == NEVER) {
            limitedSinceNanos = idleSinceNanos;
        }
        grew = false;
        idleSinceNanos = state.nowNanos();
        if (HyStart.applies(state)) {
            hyStart.acked(state, acked, rttNanos);
        }
    }
}
