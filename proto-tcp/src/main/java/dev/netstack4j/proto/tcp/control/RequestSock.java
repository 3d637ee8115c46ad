package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Timer;
import org.jspecify.annotations.Nullable;

/// A half-open connection of a listener: SYN heard, SYN-ACK sent. Guarded by the listener's ownership. Written by
/// state.
@Linux("include/net/inet_sock.h#inet_request_sock")
public final class RequestSock {
    /// The time of a SYN-ACK of which nothing is known, or that its own socket sends.
    public static final long NOT_SENT = Long.MIN_VALUE;

    /// Whose connection it will be.
    public final TcpSock listener;
    /// Own address.
    public final IpAddress localAddress;
    /// The peer's address.
    public final IpAddress remoteAddress;
    /// Own port.
    public final int localPort;
    /// The peer's port.
    public final int remotePort;
    /// Its place in the connection table.
    public @Nullable ConnectionEntry entry;
    /// Own initial sequence number.
    public int isn;
    /// The peer's initial sequence number.
    public int irs;
    /// The peer's MSS.
    public int peerMss;
    /// The MSS that we told.
    public int ownMss;
    /// Scale of the peer's windows; -1 without scaling.
    public int peerScale;
    /// Scale of our windows.
    public int ownScale;
    /// The window that we told.
    public int window;
    /// Whether timestamps are used.
    public boolean timestamps;
    /// The peer's last timestamp.
    public int tsRecent;
    /// Offset of our timestamps.
    public int timestampOffset;
    /// Whether nothing is kept of it: its sequence number and timestamp tell everything.
    public boolean cookie;
    /// Whether the SYN-ACK was acknowledged, and data is waited for (TCP_DEFER_ACCEPT).
    public boolean acknowledged;
    /// Whether ECN is used.
    public boolean ecn;
    /// Whether SACK is used.
    public boolean sack;
    /// SYN-ACKs sent again.
    public int retransmits;
    /// When the SYN-ACK was first sent, or [#NOT_SENT].
    public long sentNanos = NOT_SENT;
    /// Sends the SYN-ACK again.
    public @Nullable Timer timer;
    /// Neighbours in the listener's SYN queue.
    public @Nullable RequestSock next;
    /// The one before in the listener's SYN queue.
    public @Nullable RequestSock prev;
    /// Whether it is over: became a connection or was given up.
    public boolean done;

    /// Of these ends.
    public RequestSock(TcpSock listener, IpAddress local, int localPort, IpAddress remote, int remotePort) {
        this.listener = listener;
        this.localAddress = local;
        this.remoteAddress = remote;
        this.localPort = localPort;
        this.remotePort = remotePort;
    }
}
