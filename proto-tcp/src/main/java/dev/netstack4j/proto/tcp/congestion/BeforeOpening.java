package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionState;
import dev.netstack4j.api.congestion.RenoGrowth;
import dev.netstack4j.api.doc.Rfc;

/// What counts until a connection is open and has its algorithm: a lost SYN halves the window. Keeps nothing, so that
/// all connections can share it.
@Rfc("5681#3.1")
final class BeforeOpening implements CongestionControl {
    @Override
    public int ssthresh(CongestionState state) {
        return Math.max(state.cwnd() >> 1, 2);
    }

    @Override
    public void congAvoid(CongestionState state, int acked) {
        if (state.inSlowStart()) {
            RenoGrowth.slowStart(state, acked);
        }
    }
}
