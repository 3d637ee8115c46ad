package dev.netstack4j.proto.tcp.recovery;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.TcpSock;

/// Round trip times and the retransmission timeout.
@Rfc("6298#2")
public final class RoundTrip {
    /// Largest timeout.
    public static final long MAX_RTO_NANOS = 120_000_000_000L;
    private static final long UNKNOWN_RTO_NANOS = 3_000_000_000L;
    private static final long GRANULARITY_NANOS = 1_000_000L;

    private RoundTrip() {}

    /// Takes a sample.
    @Linux("net/ipv4/tcp_input.c#tcp_rtt_estimator")
    public static void sample(TcpSock sock, long rttNanos, long minRtoNanos) {
        RecoveryVars rec = sock.rec;
        long rtt = Math.max(1, rttNanos);
        if (rec.srttNanos == 0) {
            rec.srttNanos = rtt;
            rec.rttvarNanos = rtt / 2;
        } else {
            rec.rttvarNanos += (Math.abs(rec.srttNanos - rtt) - rec.rttvarNanos) / 4;
            rec.srttNanos += (rtt - rec.srttNanos) / 8;
        }
        rec.measured = true;
        setRto(rec, minRtoNanos);
        noBackoff(rec);
    }

    /// The connection is open, and its SYN was repeated: nothing is known of the path.
    @Rfc("6298#5.7")
    @Linux("net/ipv4/tcp_metrics.c#tcp_init_metrics")
    public static void begin(RecoveryVars rec) {
        if (rec.srttNanos == 0) {
            rec.rtoNanos = UNKNOWN_RTO_NANOS;
        }
        noBackoff(rec);
    }

    /// Keeps the least sample of the last minutes.
    @Linux("net/ipv4/tcp_input.c#tcp_update_rtt_min")
    public static void least(RecoveryVars rec, long rttNanos, long windowNanos, long now) {
        if (rttNanos <= rec.minRttNanos || now - rec.minRttAtNanos > windowNanos) {
            rec.minRttNanos = Math.max(1, rttNanos);
            rec.minRttAtNanos = now;
        }
    }

    /// A timeout has passed without an answer: wait twice as long for the next.
    @Rfc("6298#5.5")
    public static void backOff(RecoveryVars rec) {
        rec.backoff++;
    }

    /// The peer has answered.
    public static void noBackoff(RecoveryVars rec) {
        rec.backoff = 0;
    }

    /// The timeout from what is known. As in Linux the least value bounds the variance term, not the sum.
    private static void setRto(RecoveryVars rec, long minRtoNanos) {
        long spread = Math.max(Math.max(4 * rec.rttvarNanos, GRANULARITY_NANOS), minRtoNanos);
        rec.rtoNanos = Math.min(rec.srttNanos + spread, MAX_RTO_NANOS);
    }

    /// The timeout with its back-off.
    @Rfc("6298#5.5")
    public static long timeout(RecoveryVars rec) {
        int shift = Math.min(rec.backoff, 16);
        return Math.min(rec.rtoNanos << shift, MAX_RTO_NANOS);
    }
}
