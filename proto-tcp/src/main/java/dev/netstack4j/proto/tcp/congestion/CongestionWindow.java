package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.api.congestion.CongestionControl;
import dev.netstack4j.api.congestion.CongestionControl.Event;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.CongestionVars;
import dev.netstack4j.proto.tcp.control.EcnVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars.Phase;
import dev.netstack4j.proto.tcp.control.TcpSock;

/// What happens to the congestion window of a connection: growth, reduction in proportion to what is delivered, restart
/// after idle.
public final class CongestionWindow {
    private static final int MOST_PAUSES = 6;
    private static final CongestionControl BEFORE_OPENING = new BeforeOpening();

    private CongestionWindow() {}

    private static CongestionControl algorithm(TcpSock sock) {
        CongestionControl a = sock.cc.algorithm;
        return a == null ? BEFORE_OPENING : a;
    }

    /// The connection is established: begin with the initial window, with one segment when SYN or SYN-ACK had to be
    /// repeated more than once. One time is forgiven, because the first timeout is one second only (RFC 6298).
    @Rfc("5681#3.1")
    @Linux("net/ipv4/tcp_input.c#tcp_init_transfer")
    public static void init(TcpSock sock, Cpu cpu) {
        sock.cc.nowNanos = cpu.nowNanos();
        sock.cc.usedNanos = cpu.nowNanos();
        if (sock.rec.totalRetransmits > 1) {
            sock.cc.cwnd(1);
        }
        algorithm(sock).init(sock.cc);
    }

    /// The connection has another algorithm now: it begins with the window of before.
    @Linux("net/ipv4/tcp_cong.c#tcp_reinit_congestion_control")
    public static void changed(TcpSock sock, Cpu cpu) {
        sock.cc.nowNanos = cpu.nowNanos();
        algorithm(sock).init(sock.cc);
    }

    /// Notes how much of the window a round of sending used.
    @Linux("net/ipv4/tcp_output.c#tcp_cwnd_validate")
    public static void validate(TcpSock sock, boolean limited, Cpu cpu) {
        CongestionVars cc = sock.cc;
        int out = sock.snd.packetsOut;
        if (limited || out >= cc.used || cpu.nowNanos() - cc.usedNanos > sock.rec.srttNanos) {
            cc.used = out;
            cc.usedNanos = cpu.nowNanos();
            cc.limited = limited;
        }
    }

    /// The window stopped a round of sending before its first segment.
    public static void stopped(TcpSock sock) {
        sock.cc.limited = true;
    }

    /// Notes what was sent while the window is being reduced.
    public static void sent(TcpSock sock, int packets) {
        RecoveryVars rec = sock.rec;
        if (rec.phase == Phase.CWR || rec.phase == Phase.RECOVERY) {
            rec.prrOut += packets;
        }
    }

    /// Whether the window, not the application, limits what is sent.
    @Linux("include/net/tcp.h#tcp_is_cwnd_limited")
    public static boolean isLimited(TcpSock sock) {
        CongestionVars cc = sock.cc;
        return cc.limited || cc.inSlowStart() && cc.cwnd() < 2L * cc.used;
    }

    /// New data was acknowledged outside a reduction.
    @Linux("net/ipv4/tcp_input.c#tcp_cong_avoid")
    public static void grow(TcpSock sock, int acked, Cpu cpu) {
        sock.cc.nowNanos = cpu.nowNanos();
        if (acked > 0 && isLimited(sock)) {
            algorithm(sock).congAvoid(sock.cc, acked);
        }
    }

    /// Tells the algorithm about acknowledged packets and a sample.
    public static void acked(TcpSock sock, int packets, long rttNanos, Cpu cpu) {
        sock.cc.nowNanos = cpu.nowNanos();
        algorithm(sock).pktsAcked(sock.cc, packets, rttNanos);
    }

    /// Tells the algorithm that something happened.
    public static void tell(TcpSock sock, Event event, Cpu cpu) {
        sock.cc.nowNanos = cpu.nowNanos();
        algorithm(sock).event(sock.cc, event);
    }

    /// Tells the algorithm what an acknowledgement reports.
    public static void reported(TcpSock sock, int delivered, boolean echo, Cpu cpu) {
        sock.cc.nowNanos = cpu.nowNanos();
        algorithm(sock).ackReceived(sock.cc, delivered, echo);
    }

    /// A packet was dropped on this host, or marked on its way: reduce as after a loss, without retransmitting.
    @Linux("net/ipv4/tcp_input.c#tcp_enter_cwr")
    public static void enterCwr(TcpSock sock, Cpu cpu) {
        if (sock.rec.phase.ordinal() < Phase.CWR.ordinal()) {
            mayUndo(sock, false);
            beginReduction(sock, cpu);
            sock.rec.phase = Phase.CWR;
            sock.ecn.marked = false;
            sock.events().windowReduced(sock, sock.rec.priorWindow, cpu);
            algorithm(sock).event(sock.cc, Event.CWR);
        }
    }

    /// Something is to be sent again, but the network is not full.
    @Linux("net/ipv4/tcp_input.c#tcp_non_congestion_loss_retransmit")
    public static void lostWithoutCongestion(TcpSock sock) {
        if (sock.rec.phase != Phase.LOSS) {
            sock.rec.highSeq = sock.snd.nxt;
            sock.cc.ssthresh(currentThreshold(sock));
            mayUndo(sock, false);
            sock.rec.phase = Phase.LOSS;
        }
    }

    /// Fast recovery begins.
    public static void enterRecovery(TcpSock sock, Cpu cpu) {
        boolean reducing = sock.rec.phase == Phase.CWR;
        if (!reducing) {
            beginReduction(sock, cpu);
        }
        sock.rec.phase = Phase.RECOVERY;
        if (!reducing) {
            sock.events().windowReduced(sock, sock.rec.priorWindow, cpu);
        }
        sock.rec.highSeq = sock.snd.nxt;
        algorithm(sock).event(sock.cc, Event.RECOVERY);
    }

    @Linux("net/ipv4/tcp_input.c#tcp_init_cwnd_reduction")
    private static void beginReduction(TcpSock sock, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        rec.highSeq = sock.snd.nxt;
        rec.prrDelivered = 0;
        rec.prrOut = 0;
        rec.priorWindow = sock.cc.cwnd();
        rec.priorThreshold = currentThreshold(sock);
        sock.cc.nowNanos = cpu.nowNanos();
        sock.cc.ssthresh(algorithm(sock).ssthresh(sock.cc));
        sock.ecn.reduced = sock.ecn.agreed;
    }

    /// The threshold that the present window is worth.
    @Linux("include/net/tcp.h#tcp_current_ssthresh")
    private static int currentThreshold(TcpSock sock) {
        CongestionVars cc = sock.cc;
        boolean reducing = sock.rec.phase == Phase.CWR || sock.rec.phase == Phase.RECOVERY;
        return reducing ? cc.ssthresh() : Math.max(cc.ssthresh(), (cc.cwnd() >> 1) + (cc.cwnd() >> 2));
    }

    /// One step of proportional rate reduction.
    @Rfc("6937#3")
    @Linux("net/ipv4/tcp_input.c#tcp_cwnd_reduction")
    public static void reduce(TcpSock sock, int delivered, boolean progress) {
        RecoveryVars rec = sock.rec;
        if (delivered <= 0 || rec.priorWindow <= 0) {
            return;
        }
        int inFlight = sock.packetsInFlight();
        int target = isLeast(sock) ? 1 : sock.cc.ssthresh();
        int delta = target - inFlight;
        rec.prrDelivered += delivered;
        int send;
        if (delta < 0) {
            long dividend = (long) target * rec.prrDelivered + rec.priorWindow - 1;
            send = (int) (dividend / rec.priorWindow) - rec.prrOut;
        } else {
            send = Math.max(rec.prrDelivered - rec.prrOut, delivered) + (progress ? 1 : 0);
            send = Math.min(delta, send);
        }
        send = Math.max(send, rec.prrOut == 0 ? 1 : 0);
        sock.cc.cwnd(inFlight + send);
    }

    /// The reduction is over.
    @Linux("net/ipv4/tcp_input.c#tcp_end_cwnd_reduction")
    public static void endReduction(TcpSock sock, Cpu cpu) {
        CongestionVars cc = sock.cc;
        boolean reduced = sock.rec.phase == Phase.CWR || sock.rec.phase == Phase.RECOVERY;
        if (reduced && cc.ssthresh() < CongestionVars.INFINITE) {
            cc.cwnd(isLeast(sock) ? 1 : cc.ssthresh());
            cc.usedNanos = cpu.nowNanos();
        }
    }

    /// Marks came although the window was as small as losses make it: they go on down to one segment.
    @Rfc("9438#4.6")
    private static boolean isLeast(TcpSock sock) {
        return sock.rec.phase == Phase.CWR && sock.ecn.marked && sock.rec.priorWindow <= 2;
    }

    /// An acknowledgement tells of marks. When they come with a window of one segment they reduce the rate: nothing is
    /// sent for a timeout, which doubles each time.
    @Rfc({"9438#4.6", "3168#6.1.2"})
    public static void marked(TcpSock sock, Cpu cpu) {
        if (sock.rec.phase.ordinal() >= Phase.CWR.ordinal()) {
            return;
        }
        enterCwr(sock, cpu);
        EcnVars ecn = sock.ecn;
        ecn.marked = !ecn.byMarks;
        ecn.pauses = ecn.marked && sock.rec.priorWindow == 1 ? Math.min(ecn.pauses + 1, MOST_PAUSES) : 0;
        if (ecn.pauses > 0) {
            ecn.pausedNanos = cpu.nowNanos() + (sock.rec.rtoNanos << ecn.pauses - 1);
        }
    }

    /// A retransmission timeout.
    @Rfc("5681#3.1")
    public static void enterLoss(TcpSock sock, boolean first, Cpu cpu) {
        sock.cc.nowNanos = cpu.nowNanos();
        if (first) {
            sock.rec.priorWindow = sock.cc.cwnd();
            sock.rec.priorThreshold = currentThreshold(sock);
            sock.cc.ssthresh(algorithm(sock).ssthresh(sock.cc));
            algorithm(sock).event(sock.cc, Event.LOSS);
        }
        sock.cc.cwnd(sock.packetsInFlight() + 1);
        sock.cc.usedNanos = cpu.nowNanos();
        sock.ecn.reduced = sock.ecn.agreed;
        sock.rec.phase = Phase.LOSS;
        if (first) {
            sock.events().windowReduced(sock, sock.rec.priorWindow, cpu);
        }
        sock.rec.highSeq = sock.snd.nxt;
    }

    /// Segments are lost for another reason than congestion: they are sent again, and the window stays.
    @Linux("net/ipv4/tcp_output.c#tcp_simple_retransmit")
    public static void repair(TcpSock sock) {
        sock.rec.highSeq = sock.snd.nxt;
        sock.cc.ssthresh(currentThreshold(sock));
        mayUndo(sock, false);
        sock.rec.phase = Phase.LOSS;
    }

    /// The phase lasts until what has been sent by now is acknowledged.
    public static void extend(TcpSock sock) {
        sock.rec.highSeq = sock.snd.nxt;
    }

    /// The loss was none: take the reduction back.
    @Linux("net/ipv4/tcp_input.c#tcp_undo_cwnd_reduction")
    public static void undo(TcpSock sock, Cpu cpu) {
        CongestionVars cc = sock.cc;
        cc.nowNanos = cpu.nowNanos();
        int prior = Math.max(sock.rec.priorWindow, algorithm(sock).undoCwnd(cc));
        cc.cwnd(Math.max(cc.cwnd(), prior));
        cc.ssthresh(Math.max(cc.ssthresh(), sock.rec.priorThreshold));
        sock.ecn.reduced = false;
        cc.usedNanos = cpu.nowNanos();
    }

    /// Whether a reduction that turns out needless may be taken back.
    public static void mayUndo(TcpSock sock, boolean may) {
        sock.rec.undoPossible = may;
    }

    /// Outside a reduction: something is missing, or nothing is.
    public static void disorder(TcpSock sock, boolean something) {
        sock.rec.phase = something ? Phase.DISORDER : Phase.OPEN;
    }

    /// Back to normal.
    public static void open(TcpSock sock) {
        sock.rec.phase = Phase.OPEN;
        algorithm(sock).event(sock.cc, Event.OPEN);
    }

    /// Before the first segment after a pause: a window not used for long is no longer true.
    @Rfc("2861#3.1")
    @Linux("net/ipv4/tcp_output.c#tcp_cwnd_restart")
    public static void beforeSend(TcpSock sock, boolean slowStartAfterIdle, Cpu cpu) {
        if (sock.snd.packetsOut != 0) {
            return;
        }
        sock.cc.nowNanos = cpu.nowNanos();
        long idle = cpu.nowNanos() - sock.snd.lastSentNanos;
        if (slowStartAfterIdle && sock.snd.lastSentNanos != 0 && idle > sock.rec.rtoNanos) {
            decay(sock, idle);
            sock.cc.usedNanos = cpu.nowNanos();
            sock.cc.used = 0;
        }
        algorithm(sock).event(sock.cc, Event.TX_START);
    }

    private static void decay(TcpSock sock, long idleNanos) {
        CongestionVars cc = sock.cc;
        int cwnd = cc.cwnd();
        int restart = Math.min(CongestionVars.INITIAL_WINDOW, cwnd);
        cc.ssthresh(Math.max(cc.ssthresh(), (cwnd >> 1) + (cwnd >> 2)));
        for (long left = idleNanos - sock.rec.rtoNanos; left > 0 && cwnd > restart; left -= sock.rec.rtoNanos) {
            cwnd >>= 1;
        }
        cc.cwnd(Math.max(cwnd, restart));
    }
}
