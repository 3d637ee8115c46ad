package dev.netstack4j.proto.tcp.control;

import org.jspecify.annotations.Nullable;

/// Options of one socket, and what was negotiated. Guarded by the socket's ownership. Written by socket, negotiated
/// ones by state.
public final class TcpSettings {
    /// Timestamps were agreed on.
    public boolean timestamps;
    /// SACK was agreed on.
    public boolean sack;
    /// Window scaling was agreed on.
    public boolean windowScaling;
    /// Added to the clock in timestamps.
    public int timestampOffset;
    /// TCP_NODELAY.
    public boolean noDelay;
    /// TCP_CORK.
    public boolean cork;
    /// TCP_MAXSEG; 0 for none.
    public int maxSegment;
    /// TCP_QUICKACK as last set.
    public boolean quickAck = true;
    /// TCP_KEEPIDLE in seconds; 0 for the stack's value.
    public int keepIdleSeconds;
    /// TCP_KEEPINTVL in seconds; 0 for the stack's value.
    public int keepIntervalSeconds;
    /// TCP_KEEPCNT; 0 for the stack's value.
    public int keepCount;
    /// TCP_SYNCNT; 0 for the stack's value.
    public int synRetries;
    /// TCP_DEFER_ACCEPT as retransmissions of the SYN-ACK; 0 for off.
    public int deferAccept;
    /// TCP_NOTSENT_LOWAT in bytes; 0 for no limit.
    public int notSentLowWater;
    /// TCP_LINGER2 in seconds; 0 for the stack's value, -1 for no wait.
    public int finWait2Seconds;
    /// TCP_USER_TIMEOUT in nanoseconds; 0 for none.
    public long userTimeoutNanos;
    /// TCP_WINDOW_CLAMP; 0 for none.
    public int windowClamp;
    /// TCP_FASTOPEN_CONNECT.
    public boolean fastOpenConnect;
    /// TCP_FASTOPEN_NO_COOKIE.
    public boolean fastOpenNoCookie;
    /// TCP_CONGESTION as set on this socket; null for the stack's default.
    public @Nullable String congestion;

    /// Defaults.
    public TcpSettings() {}

    /// Takes over what a child inherits from its listener.
    public void inherit(TcpSettings from) {
        noDelay = from.noDelay;
        cork = from.cork;
        maxSegment = from.maxSegment;
        keepIdleSeconds = from.keepIdleSeconds;
        keepIntervalSeconds = from.keepIntervalSeconds;
        keepCount = from.keepCount;
        synRetries = from.synRetries;
        notSentLowWater = from.notSentLowWater;
        finWait2Seconds = from.finWait2Seconds;
        userTimeoutNanos = from.userTimeoutNanos;
        windowClamp = from.windowClamp;
        congestion = from.congestion;
        fastOpenNoCookie = from.fastOpenNoCookie;
    }
}
