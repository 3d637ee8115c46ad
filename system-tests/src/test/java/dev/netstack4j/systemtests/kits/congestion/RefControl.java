package dev.netstack4j.systemtests.kits.congestion;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionState;

/// Slow start, then one packet a round; half after a loss. Right without a defect.
final class RefControl implements CongestionControl {
    private final RefModule.Ops ops;
    private final Defect defect;
    private final int number;
    private Object garbage = "";
    private int counted;
    private int before;
    private long lastRtt;
    private boolean ready;

    RefControl(RefModule.Ops ops) {
        this.ops = ops;
        defect = ops.defect;
        number = ops.made++;
    }

    private boolean is(Defect d) {
        return defect == d;
    }

    @Override
    public void init(CongestionState state) {
        ready = true;
    }

    @Override
    public int ssthresh(CongestionState state) {
        int cwnd = state.cwnd();
        before = cwnd;
        switch (defect) {
            case SETS_WINDOW -> state.cwnd(Math.max(1, cwnd / 2));
            case SETS_THRESHOLD -> state.ssthresh(Math.max(2, cwnd / 2));
            default -> {}
        }
        return switch (defect) {
            case THRESHOLD_ONE -> Math.max(1, cwnd / 2);
            case THRESHOLD_ZERO -> cwnd / 4;
            case IGNORES_LOSS -> Math.max(2, cwnd);
            default -> Math.max(2, cwnd / 2);
        };
    }

    @Override
    public void congAvoid(CongestionState state, int acked) {
        strike(state);
        int more = growth(state, acked);
        if (is(Defect.GROWS_ON_NOTHING) && ++counted % 10 == 0) {
            more = 5 + acked;
        }
        state.cwnd(limit(state.cwnd() + more));
    }

    private int limit(int cwnd) {
        return is(Defect.TINY) ? Math.min(cwnd, 2) : is(Defect.GREEDY) && number > 0 ? 1 : cwnd;
    }

    private int growth(CongestionState state, int acked) {
        int cwnd = state.cwnd();
        if (cwnd < state.ssthresh() || is(Defect.OVERSHOOTS)) {
            int most = is(Defect.OVERSHOOTS) ? acked : Math.min(acked, state.ssthresh() - cwnd);
            int slow = is(Defect.CREEPS) ? avoid(cwnd, acked) : most;
            return is(Defect.TRIPLES)
                    ? 2 * acked
                    : slow + (slow < acked && !is(Defect.CREEPS) ? avoid(cwnd, acked - slow) : 0);
        }
        return is(Defect.STANDS_STILL) ? 0 : avoid(cwnd, acked);
    }

    private int avoid(int cwnd, int acked) {
        if (is(Defect.SHARED)) {
            ops.shared += acked;
            int more = ops.shared / cwnd;
            ops.shared -= more * cwnd;
            return more;
        }
        counted += acked;
        int more = counted / cwnd;
        counted -= more * cwnd;
        return Math.min(more, acked);
    }

    private void strike(CongestionState state) {
        switch (defect) {
            case NEEDS_INIT -> require(ready);
            case DIVIDES_BY_RTT -> counted += (int) Math.min(0, 1_000_000_000L / state.srttNanos());
            case OVERFLOWS -> require(state.cwnd() * 1448 / 1448 == state.cwnd());
            case REAL_CLOCK -> counted += System.nanoTime() > state.nowNanos() ? 1 : 0;
            case GARBAGE -> garbage = new int[] {garbage.hashCode()};
            case SLEEPS -> sleep();
            default -> {}
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("the reference congestion control is in a bad state");
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(0, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int undoCwnd(CongestionState state) {
        return switch (defect) {
            case UNDO_TOO_FAR -> 2 * before;
            case UNDO_BACK -> state.cwnd() / 2;
            default -> Math.max(state.cwnd(), before);
        };
    }

    @Override
    public void pktsAcked(CongestionState state, int acked, long rttNanos) {
        if (is(Defect.SHRINKS) && rttNanos > lastRtt && state.cwnd() > 4) {
            state.cwnd(state.cwnd() - 2);
        }
        lastRtt = rttNanos;
    }

    @Override
    public void event(CongestionState state, Event event) {
        require(!is(Defect.CHOKES_ON_CWR) || event != Event.CWR);
        require(!is(Defect.COLLAPSES) || event != Event.RECOVERY);
    }
}
