package dev.netstack4j.api.congestion;

import dev.netstack4j.api.doc.Linux;

/// What an algorithm sees and changes of its connection. Implemented by TCP.
public interface CongestionState {
    /// Congestion window in packets.
    int cwnd();

    /// Sets the congestion window, at least 1.
    void cwnd(int packets);

    /// Slow start threshold in packets.
    int ssthresh();

    /// Sets the slow start threshold.
    void ssthresh(int packets);

    /// Packets sent and not acknowledged.
    int packetsInFlight();

    /// Bytes of a full packet.
    int mss();

    /// Smoothed round trip time; 0 before the first sample.
    long srttNanos();

    /// The time of this batch.
    long nowNanos();

    /// Whether both sides agreed on ECN.
    default boolean ecn() {
        return false;
    }

    /// Whether acknowledgements from now on say that packets were marked (ECE). For algorithms that need ECN.
    default void echo(boolean marked) {}

    /// Acknowledges what was received so far, before anything else happens, with the echo of before. Nothing happens
    /// when no acknowledgement is owed. Within [CongestionControl.Event#MARKED] and `UNMARKED` only.
    @Linux("net/ipv4/tcp_dctcp.h#dctcp_ece_ack_update")
    default void acknowledgeReceived() {}

    /// Whether the window is below the threshold.
    default boolean inSlowStart() {
        return cwnd() < ssthresh();
    }
}
