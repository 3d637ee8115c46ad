package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionState;
import dev.netstack4j.api.congestion.RenoGrowth;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;

/// Slow start, then one packet more for each window acknowledged; half after a loss.
@Rfc("5681#3.1")
@Linux("net/ipv4/tcp_cong.c#tcp_reno")
public final class Reno implements CongestionControl {
    private final RenoGrowth growth = new RenoGrowth();
    private int windowBeforeLoss;

    /// Of one connection.
    public Reno() {}

    @Override
    public int ssthresh(CongestionState state) {
        windowBeforeLoss = state.cwnd();
        return Math.max(state.cwnd() >> 1, 2);
    }

    @Override
    public int undoCwnd(CongestionState state) {
        return Math.max(state.cwnd(), windowBeforeLoss);
    }

    @Override
    public void congAvoid(CongestionState state, int acked) {
        growth.grow(state, acked);
    }
}
