package dev.netstack4j.proto.tcp.state;

/// What became of an arriving segment.
public enum Disposition {
    /// Taken by the fast path.
    PREDICTED,
    /// Processed in its state; the state may have changed.
    PROCESSED,
    /// Dropped with a reason, perhaps answered by an ACK.
    DROPPED,
    /// Answered by RST.
    RESET_SENT,
    /// It ended the connection.
    RESET_RECEIVED,
    /// It made a half-open connection.
    SYN_QUEUED,
    /// It completed a half-open connection.
    CONNECTION_MADE,
    /// It belongs to another socket now and was handed over.
    HANDED_OVER
}
