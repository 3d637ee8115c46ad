package dev.netstack4j.api.congestion;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;

/// How a window grows by the standard: by what was acknowledged below the threshold, by one packet a window above it.
/// One of each connection. Algorithms that change only the reaction to congestion grow by it. Under the socket's
/// ownership; makes no objects.
@Rfc("5681#3.1")
@Linux("net/ipv4/tcp_cong.c#tcp_reno_cong_avoid")
public final class RenoGrowth {
    private int counted;

    /// Nothing counted.
    public RenoGrowth() {}

    /// Grows by `acked` acknowledged packets.
    public void grow(CongestionState state, int acked) {
        int rest = state.inSlowStart() ? slowStart(state, acked) : acked;
        if (rest > 0) {
            avoid(state, rest, state.cwnd());
        }
    }

    /// Grows by what was acknowledged, up to the threshold.
    ///
    /// @return acknowledged packets that are left over for congestion avoidance
    @Linux("net/ipv4/tcp_cong.c#tcp_slow_start")
    public static int slowStart(CongestionState state, int acked) {
        int grown = Math.min(state.cwnd() + acked, state.ssthresh());
        int rest = acked - (grown - state.cwnd());
        state.cwnd(grown);
        return rest;
    }

    @Linux("net/ipv4/tcp_cong.c#tcp_cong_avoid_ai")
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
