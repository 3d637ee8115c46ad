package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.output.ControlSegments;
import dev.netstack4j.proto.tcp.output.OwedAck;
import dev.netstack4j.proto.tcp.output.WindowSelector;

/// When to acknowledge: every second full segment at the latest, at once in unusual situations and at the start, else
/// after a while.
@Rfc({"9293#3.8.6.3", "5681#4.2"})
public final class AckPolicy {
    /// Shortest delay.
    public static final long MIN_DELAY_NANOS = 40_000_000L;
    /// Longest delay.
    public static final long MAX_DELAY_NANOS = 200_000_000L;
    private static final int MOST_QUICK_ACKS = 16;

    private final ControlSegments control;
    private final TimerPort timers;

    /// One per stack.
    public AckPolicy(ControlSegments control, TimerPort timers) {
        this.control = control;
        this.timers = timers;
    }

    /// The next acknowledgements go out at once.
    @Linux("net/ipv4/tcp_input.c#tcp_enter_quickack_mode")
    public static void enterQuick(TcpSock sock) {
        enterQuick(sock, MOST_QUICK_ACKS);
    }

    /// The next ones, `most` at most.
    static void enterQuick(TcpSock sock, int most) {
        ReceiveVars rcv = sock.rcv;
        moreQuick(rcv, most);
        OwedAck.rideOnAnswers(rcv, false);
        rcv.ackTimeoutNanos = MIN_DELAY_NANOS;
    }

    /// The same while the application answers by itself: then they still ride on its answers.
    @Linux("net/ipv4/tcp_input.c#tcp_incr_quickack")
    private static void moreQuick(ReceiveVars rcv, int most) {
        OwedAck.quick(rcv, quickCount(rcv, most));
    }

    private static int quickCount(ReceiveVars rcv, int most) {
        int n = rcv.wnd / (2 * Math.max(1, rcv.segmentEstimate));
        return Math.min(most, Math.max(2, n));
    }

    /// The delayed acknowledgement's time is over: nobody answered, so wait less for answers, or longer for data.
    @Linux("net/ipv4/tcp_timer.c#tcp_delack_timer_handler")
    public static void timedOut(TcpSock sock) {
        ReceiveVars rcv = sock.rcv;
        if (rcv.pingPong) {
            OwedAck.rideOnAnswers(rcv, false);
            rcv.ackTimeoutNanos = MIN_DELAY_NANOS;
        } else {
            rcv.ackTimeoutNanos = Math.min(2 * rcv.ackTimeoutNanos, sock.rec.rtoNanos);
        }
    }

    /// Data was received in order: an acknowledgement is owed.
    @Linux("net/ipv4/tcp_input.c#tcp_event_data_recv")
    public void dataReceived(TcpSock sock, int payload, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        OwedAck.some(rcv);
        estimate(rcv, payload);
        long now = cpu.nowNanos();
        if (rcv.ackTimeoutNanos == 0) {
            moreQuick(rcv, MOST_QUICK_ACKS);
            rcv.ackTimeoutNanos = MIN_DELAY_NANOS;
        } else {
            long gap = now - rcv.lastDataNanos;
            if (gap <= MIN_DELAY_NANOS / 2) {
                rcv.ackTimeoutNanos = (rcv.ackTimeoutNanos >> 1) + MIN_DELAY_NANOS / 2;
            } else if (gap < rcv.ackTimeoutNanos) {
                long next = (rcv.ackTimeoutNanos >> 1) + gap;
                rcv.ackTimeoutNanos = Math.min(next, Math.min(MAX_DELAY_NANOS, sock.rec.rtoNanos));
            } else if (gap > sock.rec.rtoNanos) {
                moreQuick(rcv, MOST_QUICK_ACKS);
            }
        }
        rcv.lastDataNanos = now;
    }

    /// The connection begins.
    ///
    /// @param mss of the segments that are sent
    public static void begin(ReceiveVars rcv, int mss, Cpu cpu) {
        rcv.segmentEstimate = Math.min(536, mss);
        rcv.lastDataNanos = cpu.nowNanos();
        rcv.lastAckNanos = rcv.lastDataNanos;
    }

    @Linux("net/ipv4/tcp_input.c#tcp_measure_rcv_mss")
    private static void estimate(ReceiveVars rcv, int payload) {
        if (payload >= rcv.segmentEstimate) {
            rcv.segmentEstimate = payload;
        }
    }

    /// Sends an acknowledgement if one is owed and due, else sees to it that it will be.
    @Linux("net/ipv4/tcp_input.c#__tcp_ack_snd_check")
    public void check(TcpSock sock, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        if (!rcv.ackPending && !rcv.ackNow) {
            return;
        }
        boolean secondSegment = rcv.nxt - rcv.wup > rcv.segmentEstimate && WindowSelector.wanted(sock) >= rcv.wnd;
        if (secondSegment || rcv.ackNow || isQuick(rcv) || !rcv.outOfOrder.isEmpty()) {
            control.sendAck(sock, cpu);
        } else {
            delay(sock, cpu);
        }
    }

    private static boolean isQuick(ReceiveVars rcv) {
        return rcv.quickAcks > 0 && !rcv.pingPong;
    }

    /// Arms the delayed acknowledgement, never later than it is already due.
    @Linux("net/ipv4/tcp_output.c#tcp_send_delayed_ack")
    private void delay(TcpSock sock, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        if (rcv.ackTimeoutNanos == 0) {
            // No data has come yet, so there is nothing to wait for: Linux's timer ends with the next tick.
            control.sendAck(sock, cpu);
            return;
        }
        long delay = Math.max(MIN_DELAY_NANOS, rcv.ackTimeoutNanos);
        long most = rcv.pingPong ? MAX_DELAY_NANOS : MAX_DELAY_NANOS / 2;
        if (sock.rec.srttNanos > 0) {
            most = Math.min(most, Math.max(MIN_DELAY_NANOS, sock.rec.srttNanos));
        }
        long due = cpu.nowNanos() + Math.min(delay, most);
        long present = sock.timers.delayedAckNanos;
        if (present == 0 || due < present) {
            timers.delayedAck(sock, due, cpu);
        }
    }

    /// After a read: acknowledge what is owed, and tell when the window has grown by much.
    @Rfc("9293#3.8.6.2.2")
    @Linux("net/ipv4/tcp.c#__tcp_cleanup_rbuf")
    public void afterRead(TcpSock sock, int copied, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        boolean owed = rcv.ackPending
                && (rcv.nxt - rcv.wup > rcv.segmentEstimate
                        || copied > 0
                                && !rcv.pingPong
                                && isQuick(rcv)
                                && sock.receiveQueue().isEmpty());
        if (owed || copied > 0 && !rcv.finReceived && windowGrew(sock)) {
            control.sendAck(sock, cpu);
        }
    }

    private static boolean windowGrew(TcpSock sock) {
        int now = sock.receiveWindow();
        if (2L * now > sock.rcv.windowClamp) {
            return false;
        }
        int next = WindowSelector.wanted(sock);
        return next > 0 && next >= 2L * now;
    }
}
