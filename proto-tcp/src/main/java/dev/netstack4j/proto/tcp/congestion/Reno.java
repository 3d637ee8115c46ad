package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionState;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;

/// Slow start, then one packet more for each window acknowledged; half after a loss.
@Rfc("5681#3.1")
@Linux("net/ipv4/tcp_cong.c#tcp_reno_cong_avoid")
public final class Reno implements CongestionControl {
    private int counted;
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
        int rest = acked;
        if (state.inSlowStart()) {
            rest = slowStart(state, acked);
        }
        if (rest > 0) {
            avoid(state, rest, state.cwnd());
        }
    }

    /// Grows by what was acknowledged, up to the threshold.
    ///
    /// @return acknowledged packets that are left over for congestion avoidance
    static int slowStart(CongestionState state, int acked) {
        int grown = Math.min(state.cwnd() + acked, state.ssthresh());
        int rest = acked - (grown - state.cwnd());
        state.cwnd(grown);
        return rest;
    }

    private void avoid(CongestionState state, int acked, int perPacket) {
        if (counted >= perPacket) {
            counted = 0; // counted at a larger window: worth one packet now, not many
            state.cwnd(state.cwnd() + 1);
            return;
        }
        counted += acked;
        if (counted >= perPacket) {
            int more = counted / perPacket;
            counted -= more * perPacket;
            state.cwnd(state.cwnd() + more);
        }
    }
}
