package dev.netstack4j.testkit.kit.congestion;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionControl.Event;
import dev.netstack4j.api.congestion.CongestionState;
import dev.netstack4j.testkit.kit.Trial;
import java.util.ArrayList;
import java.util.List;

/// What a congestion control sees of a connection, and what TCP does with it.
final class Connection implements CongestionState {
    static final int INITIAL = 10;
    static final int NO_THRESHOLD = Integer.MAX_VALUE;

    final CongestionControl control;
    final List<Integer> windows = new ArrayList<>();
    private final Trial trial;
    private final long begin;
    private int cwnd = INITIAL;
    private int ssthresh = NO_THRESHOLD;
    private long srtt;
    private long now;

    Connection(CongestionControl control, Trial trial, long beginNanos) {
        this.control = control;
        this.trial = trial;
        begin = beginNanos;
        now = beginNanos;
    }

    @Override
    public int cwnd() {
        return cwnd;
    }

    @Override
    public void cwnd(int packets) {
        if (packets < 1) {
            throw new AssertionError("sets the window to " + packets);
        }
        cwnd = packets;
    }

    @Override
    public int ssthresh() {
        return ssthresh;
    }

    @Override
    public void ssthresh(int packets) {
        if (packets < 2) {
            throw new AssertionError("sets the threshold to " + packets);
        }
        ssthresh = packets;
    }

    @Override
    public int packetsInFlight() {
        return cwnd;
    }

    @Override
    public int mss() {
        return 1448;
    }

    @Override
    public long srttNanos() {
        return srtt;
    }

    @Override
    public long nowNanos() {
        return now;
    }

    /// Puts it into a state.
    Connection at(int window, int threshold, long rttNanos) {
        cwnd = window;
        ssthresh = threshold;
        srtt = rttNanos;
        return this;
    }

    // ---- what TCP does

    void established() {
        control.init(this);
        note("established");
    }

    /// `packets` were acknowledged, and the window was in use.
    void acknowledged(int packets, long rttNanos) {
        if (rttNanos >= 0) {
            srtt = srtt == 0 ? rttNanos : (srtt * 7 + rttNanos) / 8;
        }
        control.pktsAcked(this, packets, rttNanos);
        control.congAvoid(this, packets);
        note("acknowledged", packets);
    }

    /// A packet was lost: recovery begins, passes and ends.
    void lost() {
        int threshold = control.ssthresh(this);
        ssthresh = Math.max(2, threshold);
        control.event(this, Event.RECOVERY);
        pass(srtt);
        cwnd = Math.max(1, Math.min(cwnd, ssthresh));
        control.event(this, Event.OPEN);
        note("lost");
    }

    void timedOut() {
        ssthresh = Math.max(2, control.ssthresh(this));
        control.event(this, Event.LOSS);
        cwnd = 1;
        note("timed out");
    }

    void idle(long nanos) {
        pass(nanos);
        control.event(this, Event.TX_START);
        note("idle");
    }

    void pass(long nanos) {
        now += nanos;
    }

    /// One round trip: every packet of a window is acknowledged, two by two.
    void round() {
        int left = cwnd;
        long step = Math.max(1, srtt / Math.max(1, left / 2));
        while (left > 0) {
            int acked = Math.min(2, left);
            pass(step);
            acknowledged(acked, srtt == 0 ? 20_000_000L : srtt);
            left -= acked;
        }
    }

    private void note(String what, Object... more) {
        windows.add(cwnd);
        trial.event("%d %s %s: window %d, threshold %d", now - begin, what, List.of(more), cwnd, ssthresh);
    }
}
