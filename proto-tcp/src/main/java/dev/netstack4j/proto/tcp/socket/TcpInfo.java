package dev.netstack4j.proto.tcp.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.proto.tcp.control.FastOpenVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.recovery.RoundTrip;
import java.util.Map;

/// TCP_INFO: the state of a connection under Linux's field names. Times are microseconds or milliseconds as Linux has
/// them.
@Linux("net/ipv4/tcp.c#tcp_get_info")
final class TcpInfo {
    private static final long MICRO = 1_000L;
    private static final long MILLI = 1_000_000L;

    private TcpInfo() {}

    static void fill(TcpSock sock, int advertisedMss, OptionValue into, Cpu cpu) {
        Map<String, Long> f = into.fields();
        f.clear();
        state(sock, f);
        put(f, "tcpi_advmss", advertisedMss);
        times(sock, f, cpu);
        counts(sock, f);
        traffic(sock, f);
        fastOpen(sock, f);
        into.number(sock.state().number());
    }

    private static void state(TcpSock sock, Map<String, Long> f) {
        put(f, "tcpi_state", sock.state().number());
        put(f, "tcpi_ca_state", sock.rec.phase.ordinal());
        put(f, "tcpi_retransmits", sock.rec.retransmits);
        put(f, "tcpi_probes", sock.rec.probes);
        put(f, "tcpi_backoff", sock.rec.backoff);
        int options = (sock.opt.timestamps ? 1 : 0) | (sock.opt.sack ? 2 : 0) | (sock.opt.windowScaling ? 4 : 0);
        options |= (sock.ecn.agreed ? 8 : 0) | (sock.ecn.seen ? 16 : 0);
        FastOpenVars fast = sock.fastOpen;
        options |= fast != null && fast.synDataAcked ? 32 : 0;
        put(f, "tcpi_options", options);
        put(f, "tcpi_snd_wscale", sock.snd.windowScale);
        put(f, "tcpi_rcv_wscale", sock.rcv.windowScale);
        put(f, "tcpi_snd_mss", sock.snd.mss);
        put(f, "tcpi_rcv_mss", sock.rcv.segmentEstimate);
        put(f, "tcpi_pmtu", sock.snd.pathMtu);
        put(f, "tcpi_snd_wnd", sock.snd.wnd);
        put(f, "tcpi_rcv_wnd", sock.receiveWindow());
    }

    private static void times(TcpSock sock, Map<String, Long> f, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        put(f, "tcpi_rto", RoundTrip.timeout(rec) / MICRO);
        put(f, "tcpi_ato", sock.rcv.ackTimeoutNanos / MICRO);
        put(f, "tcpi_rtt", rec.srttNanos / MICRO);
        put(f, "tcpi_rttvar", rec.rttvarNanos / MICRO);
        put(f, "tcpi_min_rtt", rec.minRttNanos == Long.MAX_VALUE ? 0xFFFF_FFFFL : rec.minRttNanos / MICRO);
        put(f, "tcpi_pacing_rate", sock.cc.pacingRate == Long.MAX_VALUE ? -1 : sock.cc.pacingRate);
        put(f, "tcpi_max_pacing_rate", sock.settings().maxPacingRate);
        put(f, "tcpi_rcv_rtt", sock.rcv.rttNanos / MICRO);
        put(f, "tcpi_last_data_sent", (cpu.nowNanos() - sock.snd.lastSentNanos) / MILLI);
        put(f, "tcpi_last_data_recv", (cpu.nowNanos() - sock.rcv.lastDataNanos) / MILLI);
        put(f, "tcpi_last_ack_recv", (cpu.nowNanos() - sock.rcv.lastAckNanos) / MILLI);
    }

    private static void counts(TcpSock sock, Map<String, Long> f) {
        RecoveryVars rec = sock.rec;
        put(f, "tcpi_unacked", sock.snd.packetsOut);
        put(f, "tcpi_sacked", rec.sackedOut);
        put(f, "tcpi_lost", rec.lostOut);
        put(f, "tcpi_retrans", rec.retransmittedOut);
        put(f, "tcpi_snd_cwnd", sock.cc.cwnd());
        put(f, "tcpi_snd_ssthresh", sock.cc.ssthresh());
        put(f, "tcpi_rcv_space", sock.rcv.space);
        put(f, "tcpi_rcv_ssthresh", sock.rcv.windowClamp);
        put(f, "tcpi_reordering", rec.reordering);
        put(f, "tcpi_reord_seen", rec.reorderingSeen);
        put(f, "tcpi_total_retrans", rec.totalRetransmits);
        put(f, "tcpi_total_rto", rec.timeouts);
        put(f, "tcpi_total_rto_recoveries", rec.timeoutRecoveries);
        put(f, "tcpi_dsack_dups", rec.reportedDuplicates);
        put(f, "tcpi_delivered", rec.delivered);
        put(f, "tcpi_bytes_acked", Integer.toUnsignedLong(sock.snd.una - sock.snd.isn));
        int received = sock.rcv.nxt - sock.rcv.irs;
        put(f, "tcpi_bytes_received", received == 0 ? 0 : Integer.toUnsignedLong(received - 1)); // less the SYN
        put(f, "tcpi_notsent_bytes", Math.max(0, sock.snd.writeSeq - sock.snd.nxt));
    }

    private static void traffic(TcpSock sock, Map<String, Long> f) {
        put(f, "tcpi_segs_out", sock.snd.segmentsOut);
        put(f, "tcpi_segs_in", sock.rcv.segmentsIn);
        put(f, "tcpi_data_segs_out", sock.snd.payloadSegmentsOut);
        put(f, "tcpi_data_segs_in", sock.rcv.payloadSegmentsIn);
        put(f, "tcpi_bytes_sent", sock.snd.payloadBytesOut);
        put(f, "tcpi_bytes_retrans", sock.rec.retransmittedBytes);
        put(f, "tcpi_rcv_ooopack", sock.rcv.outOfOrderSegments);
        put(f, "tcpi_delivered_ce", sock.ecn.deliveredMarked);
    }

    private static void fastOpen(TcpSock sock, Map<String, Long> f) {
        FastOpenVars fast = sock.fastOpen;
        put(f, "tcpi_fastopen_client_fail", fast == null ? 0 : fast.clientFail);
    }

    private static void put(Map<String, Long> f, String name, long value) {
        f.put(name, value);
    }
}
