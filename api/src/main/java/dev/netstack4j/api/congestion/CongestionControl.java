package dev.netstack4j.api.congestion;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;

/// A congestion control algorithm of one connection. All methods: under the socket's ownership, softirq or process
/// context; windows count packets of one MSS. Any method may be called at any time, in any order (CC-10), with any
/// window and round trip time (CC-11). The time is [CongestionState#nowNanos], and only differences of it matter
/// (CC-13). Nothing here makes objects (CC-14) or waits (CC-15). Transfers complete in spite of losses (CC-17), use a
/// link that nobody else uses (CC-18), and leave equals their share (CC-19).
@ImplementedByExtensions
@Linux("include/net/tcp.h#tcp_congestion_ops")
public interface CongestionControl {
    /// The connection is established.
    default void init(CongestionState state) {}

    /// The slow start threshold after a loss, in packets, at least 2 (CC-1), and below a window of 3 or more if the
    /// algorithm reacts to losses (CC-2). Sets nothing of the state (CC-3).
    int ssthresh(CongestionState state);

    /// `acked` packets were acknowledged and the window was in use: grow `cwnd`, by `acked` at most (CC-4). It never
    /// shrinks here (CC-5). Below the threshold it grows by half or more in a round (CC-6) and stops doubling at the
    /// threshold (CC-7); above, it grows on (CC-8).
    void congAvoid(CongestionState state, int acked);

    /// The window to return to when a loss turns out to have been none: at least the present one, and no more than the
    /// one before the loss where that was 4 or more (CC-9). The default is for algorithms that halve.
    default int undoCwnd(CongestionState state) {
        return Math.max(state.cwnd(), state.ssthresh() << 1);
    }

    /// Packets were acknowledged.
    ///
    /// @param rttNanos a new round trip sample, or -1
    default void pktsAcked(CongestionState state, int acked, long rttNanos) {}

    /// An acknowledgement came, before it changes the window.
    ///
    /// @param delivered packets that it reports as arrived for the first time, may be 0
    /// @param echo      whether it says that packets were marked on their way (ECE)
    @Linux("include/net/tcp.h#in_ack_event")
    default void ackReceived(CongestionState state, int delivered, boolean echo) {}

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
        OPEN,
        /// Data came that was marked on its way (CE), and is not yet counted as received.
        MARKED,
        /// Data came that could have been marked and was not.
        UNMARKED
    }
}
