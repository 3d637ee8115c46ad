package dev.netstack4j.congestion.dctcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.netstack4j.api.congestion.CongestionControl.Event;
import dev.netstack4j.api.congestion.CongestionState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DctcpTest {
    private final Dctcp dctcp = new Dctcp();
    private final Path path = new Path();

    /// A connection with 100 packets in flight.
    private static final class Path implements CongestionState {
        final List<String> asked = new ArrayList<>();
        int cwnd = 100;
        int ssthresh = 50;
        boolean ecn = true;

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
            return 1_000_000;
        }

        @Override
        public long nowNanos() {
            return 0;
        }

        @Override
        public boolean ecn() {
            return ecn;
        }

        @Override
        public void echo(boolean marked) {
            asked.add(marked ? "echo" : "no echo");
        }

        @Override
        public void acknowledgeReceived() {
            asked.add("acknowledge");
        }
    }

    /// Windows in which `marked` of 100 packets were marked.
    private void windows(int count, int marked) {
        for (int w = 0; w < count; w++) {
            for (int i = 0; i <= 100; i++) {
                dctcp.ackReceived(path, 1, i < marked);
            }
        }
    }

    @Test
    void withoutMarksTheShareFadesAndTheWindowIsKept() {
        windows(80, 0);
        assertEquals(0, dctcp.share());
        assertEquals(100, dctcp.ssthresh(path));
    }

    @Test
    void theWindowShrinksInProportionToTheShareOfMarks() {
        windows(200, 20);
        assertEquals(0.2, dctcp.share() / 1024.0, 0.03);
        assertEquals(90, dctcp.ssthresh(path), 2);
    }

    @Test
    void allMarkedHalvesTheWindow() {
        windows(100, 101);
        assertEquals(50, dctcp.ssthresh(path), 1);
    }

    @Test
    void aLossHalvesTheWindowWhateverTheShare() {
        windows(80, 0);
        path.ssthresh = dctcp.ssthresh(path);
        dctcp.event(path, Event.LOSS);
        assertEquals(50, path.ssthresh);
        assertEquals(100, dctcp.undoCwnd(path));
    }

    @Test
    void withoutEcnItIsReno() {
        path.ecn = false;
        windows(80, 0);
        assertEquals(50, dctcp.ssthresh(path));
        dctcp.congAvoid(path, 100);
        assertEquals(101, path.cwnd);
    }

    @Test
    void whatCameBeforeAChangeIsAcknowledgedFirst() {
        dctcp.event(path, Event.UNMARKED);
        dctcp.event(path, Event.MARKED);
        dctcp.event(path, Event.MARKED);
        dctcp.event(path, Event.UNMARKED);
        assertEquals(List.of("no echo", "acknowledge", "echo", "echo", "acknowledge", "no echo"), path.asked);
    }

    @Test
    void theShareAnswersWithinSixteenWindows() {
        windows(80, 0);
        windows(16, 101);
        assertTrue(dctcp.share() > 600, "share " + dctcp.share());
    }
}
