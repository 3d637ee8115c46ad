package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.proto.tcp.control.CongestionVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;

/// How fast a connection sends when its window is spread over a round trip, with room to grow. Packets are as long as
/// a millisecond of that, so that one flow does not fill a queue at once; only a socket with SO_MAX_PACING_RATE is held
/// to the rate.
public final class PacingRate {
    private static final long SECOND = 1_000_000_000L;

    private PacingRate() {}

    /// An acknowledgement came.
    @Linux("net/ipv4/tcp_input.c#tcp_update_pacing_rate")
    public static void update(TcpSock sock, TcpSysctls sysctls) {
        CongestionVars cc = sock.cc;
        long srtt = sock.rec.srttNanos;
        long most = sock.settings().maxPacingRate;
        if (srtt > 0) {
            boolean starting = cc.cwnd() < cc.ssthresh() / 2;
            int percent = starting ? sysctls.pacingSsRatio.get() : sysctls.pacingCaRatio.get();
            double window = (double) sock.snd.mss * Math.max(cc.cwnd(), sock.snd.packetsOut);
            cc.pacingRate = (long) Math.max(1, window * percent / 100 * SECOND / srtt);
        }
        if (most > 0) {
            cc.pacingRate = Math.min(cc.pacingRate, most);
        }
    }

    /// Payload that one packet should have at most: whole segments.
    ///
    /// @param most bytes that the device and the window allow
    @Linux("net/ipv4/tcp_output.c#tcp_tso_autosize")
    public static int burst(TcpSock sock, int mss, int most, TcpSysctls sysctls) {
        long bytes = Math.min(sock.cc.pacingRate >> 10, most);
        long shift = (sock.rec.minRttNanos / 1000) >> sysctls.tsoRttLog.get();
        if (shift < Integer.SIZE) {
            bytes = Math.min(most, bytes + (most >> shift));
        }
        long segments = Math.max(bytes / mss, sysctls.minTsoSegs.get());
        return (int) Math.min(most, segments * mss);
    }
}
