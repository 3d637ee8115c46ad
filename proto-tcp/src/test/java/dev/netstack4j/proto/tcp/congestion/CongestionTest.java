package dev.netstack4j.proto.tcp.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionState;
import dev.netstack4j.api.doc.Proves;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.net.Scripted;
import org.junit.jupiter.api.Test;

class CongestionTest {
    private static final class State implements CongestionState {
        int cwnd = 10;
        int ssthresh = Integer.MAX_VALUE;
        long now = 1_000_000_000L;

        @Override
        public int cwnd() {
            return cwnd;
        }

        @Override
        public void cwnd(int packets) {
            cwnd = packets;
        }

        @Override
        public int ssthresh() {
            return ssthresh;
        }

        @Override
        public void ssthresh(int packets) {
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
            return 20_000_000L;
        }

        @Override
        public long nowNanos() {
            return now;
        }
    }

    private final State state = new State();

    @Test
    void connectionsThatAreNotYetOpenShareNothing() {
        Scripted one = new Scripted();
        Scripted other = new Scripted();
        TcpSock small = one.connecting();
        TcpSock large = other.connecting();
        large.cc.cwnd(60);
        CongestionWindow.enterLoss(small, true, one.node.cpu());
        CongestionWindow.enterLoss(large, true, other.node.cpu());
        CongestionWindow.undo(small, one.node.cpu());
        CongestionWindow.undo(large, other.node.cpu());
        assertEquals(10, small.cc.cwnd());
        assertEquals(60, large.cc.cwnd());
    }

    private void round(CongestionControl c) {
        c.congAvoid(state, state.cwnd);
        state.now += state.srttNanos();
    }

    @Test
    @Proves({"RFC5681-3.1-1", "RFC9438-4.10-1", "RFC9293-MUST-19"})
    void slow_start_doubles_the_window_each_round_up_to_the_threshold() {
        Reno reno = new Reno();
        state.ssthresh = 64;
        round(reno);
        assertEquals(20, state.cwnd);
        round(reno);
        round(reno);
        assertTrue(state.cwnd >= 64 && state.cwnd <= 65);
    }

    @Test
    @Proves({"RFC5681-3.1-9", "RFC5681-3.1-10", "RFC5681-3.1-11", "RFC9293-MUST-19"})
    void reno_grows_by_one_a_round_and_halves() {
        Reno reno = new Reno();
        state.cwnd = 100;
        state.ssthresh = 50;
        round(reno);
        assertEquals(101, state.cwnd);
        assertEquals(50, reno.ssthresh(state));
    }

    @Test
    void cubic_returns_to_the_window_of_the_loss_slows_there_and_goes_beyond() {
        Cubic cubic = new Cubic();
        state.cwnd = 1000;
        state.ssthresh = cubic.ssthresh(state);
        assertEquals(700, state.ssthresh);
        state.cwnd = 700;
        int rounds = 0;
        while (state.cwnd < 990 && rounds < 2000) {
            round(cubic);
            rounds++;
        }
        double seconds = rounds * 0.02;
        // K = cbrt(300 / 0.4) = 9.1 s; near the plateau well before it.
        assertTrue(seconds > 4 && seconds < 10, "after " + seconds + " s");
        for (int i = 0; i < 400; i++) {
            round(cubic);
        }
        assertTrue(state.cwnd > 1000);
    }

    @Test
    @Proves("RFC9438-4.3-1")
    void cubic_grows_at_least_like_reno_on_short_paths() {
        Cubic cubic = new Cubic();
        state.cwnd = 20;
        state.ssthresh = cubic.ssthresh(state);
        state.cwnd = state.ssthresh;
        for (int i = 0; i < 40; i++) {
            round(cubic);
        }
        assertTrue(state.cwnd >= 20, "window " + state.cwnd);
    }

    @Test
    void what_reno_counted_at_a_large_window_is_worth_one_packet_at_a_small_one() {
        Reno reno = new Reno();
        state.cwnd = 472;
        state.ssthresh = 400;
        reno.congAvoid(state, 300);
        state.cwnd = 2;
        state.ssthresh = 2;
        reno.congAvoid(state, 1);
        assertEquals(3, state.cwnd);
    }

    @Test
    void undo_returns_to_the_window_before_the_loss() {
        for (CongestionControl c : new CongestionControl[] {new Reno(), new Cubic()}) {
            state.cwnd = 100;
            state.ssthresh = c.ssthresh(state);
            state.cwnd = state.ssthresh;
            assertEquals(100, c.undoCwnd(state));
        }
    }

    /// A window is acknowledged one by one, each with this round trip.
    private void measured(CongestionControl c, long rttNanos) {
        int window = state.cwnd;
        for (int i = 0; i <= window; i++) {
            c.pktsAcked(state, 1, rttNanos);
            c.congAvoid(state, 1);
        }
    }

    @Test
    @Proves("RFC9438-4.10-2")
    void a_round_trip_that_stays_longer_ends_the_first_slow_start() {
        Cubic cubic = new Cubic();
        measured(cubic, 20_000_000);
        measured(cubic, 20_000_000);
        assertTrue(state.cwnd >= 40, "window " + state.cwnd);
        int before = state.cwnd;
        measured(cubic, 30_000_000);
        assertTrue(state.cwnd < before * 1.5, "window " + state.cwnd + " after " + before);
        for (int i = 0; i < 6; i++) {
            measured(cubic, 30_000_000);
        }
        assertTrue(state.ssthresh < Integer.MAX_VALUE && state.ssthresh <= state.cwnd, "threshold " + state.ssthresh);
    }

    @Test
    void a_round_trip_that_falls_again_lets_slow_start_go_on() {
        Cubic cubic = new Cubic();
        measured(cubic, 20_000_000);
        measured(cubic, 20_000_000);
        measured(cubic, 30_000_000);
        measured(cubic, 20_000_000);
        int before = state.cwnd;
        measured(cubic, 20_000_000);
        assertTrue(state.cwnd > before * 1.9, "window " + state.cwnd + " after " + before);
        assertEquals(Integer.MAX_VALUE, state.ssthresh);
    }

    @Test
    void a_few_milliseconds_are_no_sign_of_a_full_path() {
        Cubic cubic = new Cubic();
        for (int i = 0; i < 6; i++) {
            measured(cubic, 10_000_000 + i % 2 * 2_000_000);
        }
        assertTrue(state.cwnd > 500, "window " + state.cwnd);
    }

    /// Acknowledges a whole window a round, with the events of a connection.
    private void busy(Cubic cubic) {
        cubic.pktsAcked(state, state.cwnd, 20_000_000);
        round(cubic);
    }

    private Cubic afterLossAt(int window) {
        Cubic cubic = new Cubic();
        state.cwnd = window;
        state.ssthresh = cubic.ssthresh(state);
        state.cwnd = state.ssthresh;
        return cubic;
    }

    /// W(t) = 0.4 (t - K)^3 + 1000 with K = cbrt(300 / 0.4).
    private static double curve(double seconds) {
        return 0.4 * Math.pow(seconds - Math.cbrt(300 / 0.4), 3) + 1000;
    }

    @Test
    @Proves({"RFC9438-4.4-1", "RFC9438-4.5-1", "RFC9438-5.1-1", "RFC9438-4.6-1"})
    void cubic_follows_its_curve_below_and_above_the_window_of_the_loss() {
        Cubic cubic = afterLossAt(1000);
        assertEquals(700, state.cwnd);
        long begin = state.now;
        for (int i = 0; i < 550; i++) {
            round(cubic);
            double t = (state.now - begin) / 1e9;
            assertEquals(curve(t), state.cwnd, 0.01 * curve(t), "after " + t + " s");
        }
        assertTrue(state.cwnd > 1000);
    }

    @Test
    @Proves("RFC9438-4.2-1")
    void what_the_application_did_not_use_does_not_count_for_cubic() {
        Cubic cubic = afterLossAt(1000);
        for (int i = 0; i < 100; i++) {
            busy(cubic);
        }
        int before = state.cwnd;
        for (int i = 0; i < 400; i++) { // eight seconds in which the window is not the limit
            state.now += state.srttNanos();
            cubic.pktsAcked(state, 10, 20_000_000);
        }
        busy(cubic);
        busy(cubic);
        assertTrue(state.cwnd - before <= 8, "from " + before + " to " + state.cwnd);
    }

    @Test
    @Proves("RFC9438-4.3-2")
    void the_estimate_of_reno_grows_by_one_a_round_beyond_the_last_window() {
        Cubic cubic = afterLossAt(10);
        int rounds = 0;
        while (state.cwnd < 10) {
            round(cubic);
            rounds++;
        }
        int at = state.cwnd;
        for (int i = 0; i < 20; i++) {
            round(cubic);
        }
        assertTrue(rounds > 4, "rounds to get there: " + rounds);
        assertTrue(state.cwnd >= at + 18 && state.cwnd <= at + 21, "window " + state.cwnd);
    }

    @Test
    @Proves("RFC9438-4.7-1")
    void a_loss_below_the_last_maximum_gives_way() {
        Cubic cubic = afterLossAt(10_000);
        state.cwnd = 8000;
        state.ssthresh = cubic.ssthresh(state);
        state.cwnd = state.ssthresh;
        // The plateau is at 0.85 of 8000, and is reached after cbrt(1200 / 0.4) = 14.4 s.
        for (int i = 0; i < 720; i++) {
            round(cubic);
        }
        assertEquals(6800, state.cwnd, 20);
    }

    @Test
    @Proves("RFC9438-4.8-1")
    void after_a_timeout_the_estimate_begins_where_slow_start_ends() {
        Cubic cubic = afterLossAt(100);
        for (int i = 0; i < 30; i++) {
            round(cubic);
        }
        state.ssthresh = cubic.ssthresh(state);
        cubic.event(state, CongestionControl.Event.LOSS);
        state.cwnd = 1;
        while (state.cwnd < state.ssthresh) {
            round(cubic);
        }
        int begin = state.cwnd;
        for (int i = 0; i < 4; i++) {
            round(cubic);
        }
        // The estimate of before was above 100, and would be the window at once.
        assertTrue(state.cwnd > begin && state.cwnd < begin * 1.3, "from " + begin + " to " + state.cwnd);
    }
}
