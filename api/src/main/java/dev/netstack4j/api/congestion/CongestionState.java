package dev.netstack4j.api.congestion;

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

    /// Whether the window is below the threshold.
    default boolean inSlowStart() {
        return cwnd() < ssthresh();
    }
}
