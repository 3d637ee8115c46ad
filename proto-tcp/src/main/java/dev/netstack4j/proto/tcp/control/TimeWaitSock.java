package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Timer;
import org.jspecify.annotations.Nullable;

/// What remains of a connection in TIME-WAIT. Any CPU may work on it; what is written later is only `tsRecent` and the
/// timer, where the last writer may win. Written by state.
@Linux("include/net/inet_timewait_sock.h#inet_timewait_sock")
public final class TimeWaitSock {
    /// Its place in the connection table.
    public @Nullable ConnectionEntry entry;
    /// Its hold on the local port.
    public @Nullable PortHold port;
    /// SND.NXT of the connection.
    public int sndNxt;
    /// RCV.NXT of the connection.
    public int rcvNxt;
    /// RCV.WND of the connection.
    public int rcvWnd;
    /// Scale of our windows.
    public int windowScale;
    /// Whether timestamps were used.
    public boolean timestamps;
    /// The peer's last timestamp.
    public volatile int tsRecent;
    /// Offset of our timestamps.
    public int timestampOffset;
    /// When the peer was last heard.
    public volatile long heardNanos;
    /// When it began.
    public long beganNanos;
    /// When an unexpected segment was last answered; 0 for never.
    public long answeredNanos;
    /// Ends it.
    public @Nullable Timer timer;

    /// Empty.
    public TimeWaitSock() {}
}
