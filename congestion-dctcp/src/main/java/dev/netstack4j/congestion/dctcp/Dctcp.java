package dev.netstack4j.congestion.dctcp;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionState;
import dev.netstack4j.api.congestion.RenoGrowth;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;

/// DCTCP: the window shrinks in proportion to the share of packets that were marked on their way, which keeps the
/// queues of a data centre's switches short. Towards a peer without ECN it is Reno. A window of observation is counted
/// in packets: it ends when all that was in flight at its beginning has been reported.
@Rfc("8257#3")
@Linux("net/ipv4/tcp_dctcp.c#dctcp")
final class Dctcp implements CongestionControl {
    /// A share of one.
    private static final int ONE = 1024;
    /// The gain of the estimate: 1/16.
    private static final int GAIN_SHIFT = 4;

    private final RenoGrowth growth = new RenoGrowth();
    private final EchoState echo = new EchoState();
    private int share = ONE;
    private int windowBeforeLoss;
    private int delivered;
    private int marked;
    private int left;

    @Override
    public void init(CongestionState state) {
        left = state.packetsInFlight();
        delivered = 0;
        marked = 0;
    }

    @Override
    @Rfc("8257#3.3")
    public int ssthresh(CongestionState state) {
        int cwnd = state.cwnd();
        windowBeforeLoss = cwnd;
        long less = state.ecn() ? (long) cwnd * share / (2 * ONE) : cwnd >> 1;
        return Math.max(cwnd - (int) less, 2);
    }

    @Override
    public int undoCwnd(CongestionState state) {
        return Math.max(state.cwnd(), windowBeforeLoss);
    }

    @Override
    public void congAvoid(CongestionState state, int acked) {
        growth.grow(state, acked);
    }

    @Override
    public void ackReceived(CongestionState state, int packets, boolean echoed) {
        delivered += packets;
        marked += echoed ? packets : 0;
        left -= packets;
        if (left < 0) {
            estimate();
            init(state);
        }
    }

    /// The estimate never falls to a share so small that integers would keep it for ever.
    @Linux("net/ipv4/tcp_dctcp.c#dctcp_update_alpha")
    private void estimate() {
        int gone = share >> GAIN_SHIFT;
        share -= gone == 0 ? share : gone;
        int now = (int) ((long) marked * (ONE >> GAIN_SHIFT) / Math.max(1, delivered));
        share = Math.min(share + now, ONE);
    }

    @Override
    @Rfc("8257#3.5")
    public void event(CongestionState state, Event event) {
        switch (event) {
            case MARKED, UNMARKED -> echo.received(state, event == Event.MARKED);
            // A lost packet counts as for anybody else: half.
            case LOSS, RECOVERY -> state.ssthresh(Math.max(windowBeforeLoss >> 1, 2));
            default -> {}
        }
    }

    /// The present share of marked packets, of 1024.
    int share() {
        return share;
    }
}
