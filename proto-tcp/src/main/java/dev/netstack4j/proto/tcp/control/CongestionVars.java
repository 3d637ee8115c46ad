package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionState;
import org.jspecify.annotations.Nullable;

/// The congestion window, and the view of a connection that algorithms get. Guarded by the socket's ownership. Written
/// by congestion.
public final class CongestionVars implements CongestionState {
    /// Initial window in packets.
    public static final int INITIAL_WINDOW = 10;
    /// A threshold that is never reached.
    public static final int INFINITE = 0x7FFFFFFF;

    private final TcpSock sock;
    private int cwnd = INITIAL_WINDOW;
    private int ssthresh = INFINITE;
    /// The algorithm; null before one is chosen.
    public @Nullable CongestionControl algorithm;
    /// Its name.
    public String name = "";
    /// Bytes a second that the window is worth; the largest number before the first round trip.
    public long pacingRate = Long.MAX_VALUE;
    /// The time of this batch. Written by whoever calls the algorithm.
    public long nowNanos;
    /// Most packets in flight since the window was last full.
    public int used;
    /// When the window was last full.
    public long usedNanos;
    /// Whether the algorithm wants an acknowledgement at once. Written by the algorithm (set) and input (cleared).
    public boolean acknowledgeReceived;
    /// Whether the last write loop was stopped by the window.
    public boolean limited;

    CongestionVars(TcpSock sock) {
        this.sock = sock;
    }

    @Override
    public int cwnd() {
        return cwnd;
    }

    @Override
    public void cwnd(int packets) {
        cwnd = Math.max(1, packets);
    }

    @Override
    public int ssthresh() {
        return ssthresh;
    }

    @Override
    public void ssthresh(int packets) {
        ssthresh = packets;
    }

    @Override
    public int packetsInFlight() {
        return sock.packetsInFlight();
    }

    @Override
    public boolean ecn() {
        return sock.ecn.agreed;
    }

    @Override
    public void echo(boolean marked) {
        sock.ecn.echo = marked;
    }

    @Override
    public void acknowledgeReceived() {
        acknowledgeReceived = true;
    }

    @Override
    public int mss() {
        return sock.snd.mss;
    }

    @Override
    public long srttNanos() {
        return sock.rec.srttNanos;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }
}
