package dev.netstack4j.proto.tcp.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionState;
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
}
