package dev.netstack4j.api.congestion;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;

/// A congestion control algorithm of one connection. All methods: under the socket's ownership, softirq or process
/// context; windows count packets of one MSS.
@ImplementedByExtensions
@Linux("include/net/tcp.h#tcp_congestion_ops")
public interface CongestionControl {
    /// The connection is established.
    default void init(CongestionState state) {}

    /// The slow start threshold after a loss, in packets, at least 2.
    int ssthresh(CongestionState state);

    /// `acked` packets were acknowledged and the window was in use: grow `cwnd`.
    void congAvoid(CongestionState state, int acked);

    /// The window to return to when a loss turns out to have been none.
    default int undoCwnd(CongestionState state) {
        return Math.max(state.cwnd(), state.ssthresh() << 1);
    }

    /// Packets were acknowledged.
    ///
    /// @param rttNanos a new round trip sample, or -1
    default void pktsAcked(CongestionState state, int acked, long rttNanos) {}

    /// Something happened on the connection.
    default void event(CongestionState state, Event event) {}

    /// What may happen. New events may be added: treat unknown ones as nothing.
    enum Event {
        /// The first transmission after idle.
        TX_START,
        /// The retransmission timer fired.
        LOSS,
        /// Fast recovery began.
        RECOVERY,
        /// The window was reduced for a local drop or ECN.
        CWR,
        /// Back to normal.
        OPEN
    }
}
