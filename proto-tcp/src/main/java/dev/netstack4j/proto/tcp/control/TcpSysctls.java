package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;

/// The settings of TCP with Linux's names and defaults. Triples of Linux are three settings with `.min`, `.default` and
/// `.max`.
@Linux("net/ipv4/sysctl_net_ipv4.c#ipv4_net_table")
public final class TcpSysctls {
    private static final int MANY = Integer.MAX_VALUE;
    private static final int BYTES_PER_ORPHAN = 4096;
    public final Sysctl timestamps;
    public final Sysctl sack;
    public final Sysctl windowScaling;
    public final Sysctl dsack;
    public final Sysctl synRetries;
    public final Sysctl synLinearTimeouts;
    public final Sysctl synackRetries;
    public final Sysctl retries1;
    public final Sysctl retries2;
    public final Sysctl orphanRetries;
    public final Sysctl finTimeout;
    public final Sysctl keepaliveTime;
    public final Sysctl keepaliveIntvl;
    public final Sysctl keepaliveProbes;
    public final Sysctl slowStartAfterIdle;
    public final Sysctl rmemDefault;
    public final Sysctl rmemMax;
    public final Sysctl wmemDefault;
    public final Sysctl wmemMax;
    public final Sysctl moderateRcvbuf;
    public final Sysctl limitOutputBytes;
    public final Sysctl maxSynBacklog;
    public final Sysctl somaxconn;
    public final Sysctl abortOnOverflow;
    public final Sysctl twReuse;
    public final Sysctl maxTwBuckets;
    public final Sysctl rfc1337;
    public final Sysctl challengeAckLimit;
    public final Sysctl invalidRatelimit;
    public final Sysctl portLow;
    public final Sysctl portHigh;
    public final Sysctl minSndMss;
    public final Sysctl baseMss;
    public final Sysctl stdUrg;
    public final Sysctl headerPrediction;
    public final Sysctl recovery;
    public final Sysctl reordering;
    public final Sysctl maxReordering;
    public final Sysctl frto;
    public final Sysctl earlyRetrans;
    public final Sysctl minRttWlen;
    public final Sysctl pacingSsRatio;
    public final Sysctl pacingCaRatio;
    public final Sysctl minTsoSegs;
    public final Sysctl tsoRttLog;
    public final Sysctl syncookies;
    public final Sysctl maxOrphans;
    public final Sysctl memMin;
    public final Sysctl memPressure;
    public final Sysctl memMax;
    public final Sysctl mtuProbing;
    public final Sysctl mtuProbeFloor;
    public final Sysctl ecn;
    public final Sysctl ecnFallback;
    public final Sysctl rtoMinMillis;
    public final Sysctl fastOpen;

    /// Declares them. Some defaults follow the host's memory: half of it may be in queues before sockets are modest.
    public TcpSysctls(Sysctls s, long memoryBytes) {
        timestamps = s.declare("net.ipv4.tcp_timestamps", 1, 0, 2, "use timestamps (RFC 7323)");
        sack = s.declare("net.ipv4.tcp_sack", 1, 0, 1, "use selective acknowledgements");
        windowScaling = s.declare("net.ipv4.tcp_window_scaling", 1, 0, 1, "use window scaling");
        dsack = s.declare("net.ipv4.tcp_dsack", 1, 0, 1, "report duplicates by SACK (RFC 2883)");
        synRetries = s.declare("net.ipv4.tcp_syn_retries", 7, 1, 127, "retransmissions of a SYN; Linux has 6");
        synLinearTimeouts = s.declare(
                "net.ipv4.tcp_syn_linear_timeouts", 4, 0, 127, "the first ones of a SYN, which come a second apart");
        synackRetries = s.declare("net.ipv4.tcp_synack_retries", 5, 0, 255, "retransmissions of a SYN-ACK");
        retries1 = s.declare("net.ipv4.tcp_retries1", 3, 0, 255, "timeouts before the route is asked anew");
        retries2 = s.declare("net.ipv4.tcp_retries2", 15, 0, 255, "timeouts before a connection is given up");
        orphanRetries = s.declare("net.ipv4.tcp_orphan_retries", 0, 0, 255, "timeouts of a closed socket, 0 means 8");
        finTimeout = s.declare("net.ipv4.tcp_fin_timeout", 60, 0, MANY, "seconds in FIN-WAIT-2 without a descriptor");
        keepaliveTime = s.declare("net.ipv4.tcp_keepalive_time", 7200, 1, 32767, "seconds idle before keep-alive");
        keepaliveIntvl = s.declare("net.ipv4.tcp_keepalive_intvl", 75, 1, 32767, "seconds between keep-alives");
        keepaliveProbes = s.declare("net.ipv4.tcp_keepalive_probes", 9, 1, 127, "keep-alives before giving up");
        slowStartAfterIdle = s.declare("net.ipv4.tcp_slow_start_after_idle", 1, 0, 1, "window decays when idle");
        rmemDefault = s.declare("net.ipv4.tcp_rmem.default", 131072, 4096, MANY, "receive buffer at first, bytes");
        rmemMax = s.declare("net.ipv4.tcp_rmem.max", 6291456, 4096, MANY, "receive buffer at most, bytes");
        wmemDefault = s.declare("net.ipv4.tcp_wmem.default", 16384, 4096, MANY, "send buffer at first, bytes");
        wmemMax = s.declare("net.ipv4.tcp_wmem.max", 4194304, 4096, MANY, "send buffer at most, bytes");
        moderateRcvbuf = s.declare("net.ipv4.tcp_moderate_rcvbuf", 1, 0, 1, "tune the receive buffer");
        limitOutputBytes = s.declare(
                "net.ipv4.tcp_limit_output_bytes", 4194304, 4096, MANY, "bytes of one socket in qdisc and ring");
        maxSynBacklog = s.declare("net.ipv4.tcp_max_syn_backlog", 1024, 1, MANY, "half-open connections a listener");
        somaxconn = s.declare("net.core.somaxconn", 4096, 0, MANY, "largest backlog of listen");
        abortOnOverflow = s.declare("net.ipv4.tcp_abort_on_overflow", 0, 0, 1, "RST when the accept queue is full");
        twReuse = s.declare("net.ipv4.tcp_tw_reuse", 2, 0, 2, "reuse TIME-WAIT ports by timestamp: 2 on loopback");
        maxTwBuckets = s.declare("net.ipv4.tcp_max_tw_buckets", 262144, 0, MANY, "connections in TIME-WAIT at most");
        rfc1337 = s.declare("net.ipv4.tcp_rfc1337", 0, 0, 1, "RST does not end TIME-WAIT");
        challengeAckLimit =
                s.declare("net.ipv4.tcp_challenge_ack_limit", 1000, 0, MANY, "challenge ACKs a second of the stack");
        invalidRatelimit =
                s.declare("net.ipv4.tcp_invalid_ratelimit", 500, 0, MANY, "milliseconds between ACKs for bad segments");
        portLow = s.declare("net.ipv4.ip_local_port_range.low", 32768, 1, 65535, "first port of own choice");
        portHigh = s.declare("net.ipv4.ip_local_port_range.high", 60999, 1, 65535, "last port of own choice");
        minSndMss = s.declare("net.ipv4.tcp_min_snd_mss", 48, 40, 65535, "smallest MSS believed");
        baseMss = s.declare("net.ipv4.tcp_base_mss", 1024, 48, 65535, "MSS that probing starts from");
        stdUrg = s.declare("net.ipv4.tcp_stdurg", 0, 0, 1, "urgent pointer names the byte itself");
        headerPrediction = s.declare("net.netstack4j.tcp_header_prediction", 1, 0, 1, "take the fast path");
        recovery = s.declare(
                "net.ipv4.tcp_recovery", 1, 0, 7, "1 RACK, 2 its window is fixed, 4 many reports do not shorten it");
        reordering = s.declare("net.ipv4.tcp_reordering", 3, 1, 127, "duplicates that mean a loss, at first");
        maxReordering = s.declare("net.ipv4.tcp_max_reordering", 300, 1, MANY, "the same, at most");
        frto = s.declare("net.ipv4.tcp_frto", 2, 0, 2, "find spurious timeouts (RFC 5682)");
        earlyRetrans = s.declare("net.ipv4.tcp_early_retrans", 3, 0, 4, "3, 4: probe the tail (RFC 8985)");
        minRttWlen = s.declare("net.ipv4.tcp_min_rtt_wlen", 300, 0, 86400, "seconds that the least round trip counts");
        pacingSsRatio = s.declare("net.ipv4.tcp_pacing_ss_ratio", 200, 0, 1000, "percent of the rate in slow start");
        pacingCaRatio = s.declare("net.ipv4.tcp_pacing_ca_ratio", 120, 0, 1000, "percent of the rate otherwise");
        minTsoSegs = s.declare("net.ipv4.tcp_min_tso_segs", 2, 1, 65535, "segments of a large packet at least");
        tsoRttLog = s.declare("net.ipv4.tcp_tso_rtt_log", 9, 0, 31, "the shorter the path, the larger packets");
        syncookies =
                s.declare("net.ipv4.tcp_syncookies", 1, 0, 2, "SYN cookies: 1 when the SYN queue is full, 2 always");
        maxOrphans = s.declare(
                "net.ipv4.tcp_max_orphans",
                (int) (memoryBytes / BYTES_PER_ORPHAN),
                0,
                MANY,
                "connections without an application at most");
        int pages = (int) (memoryBytes / 2 / StackMemory.PAGE);
        memMin = s.declare("net.ipv4.tcp_mem.min", pages / 4 * 3, 0, MANY, "pages below which all is well again");
        memPressure = s.declare("net.ipv4.tcp_mem.pressure", pages, 0, MANY, "pages above which sockets are modest");
        memMax = s.declare("net.ipv4.tcp_mem.max", pages / 2 * 3, 0, MANY, "pages above which sockets get no more");
        mtuProbing = s.declare("net.ipv4.tcp_mtu_probing", 0, 0, 2, "1, 2: shorter segments after several timeouts");
        mtuProbeFloor = s.declare("net.ipv4.tcp_mtu_probe_floor", 48, 48, 65535, "MSS that this ends at");
        ecn = s.declare("net.ipv4.tcp_ecn", 2, 0, 2, "ECN (RFC 3168): 0 off, 1 asked for and accepted, 2 accepted");
        ecnFallback = s.declare("net.ipv4.tcp_ecn_fallback", 1, 0, 1, "a SYN that is repeated asks no more for ECN");
        fastOpen = s.declare(
                "net.ipv4.tcp_fastopen",
                1,
                0,
                MANY,
                "Fast Open: 1 client, 2 server, 4 and 0x200 without cookies, 0x400 every listener");
        rtoMinMillis = s.declare("net.ipv4.tcp_rto_min_ms", 200, 1, 60000, "smallest retransmission timeout");
    }
}
