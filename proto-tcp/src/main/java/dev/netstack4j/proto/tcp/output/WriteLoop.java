package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.congestion.CongestionWindow;
import dev.netstack4j.proto.tcp.congestion.PacingRate;
import dev.netstack4j.proto.tcp.control.SendVars;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.control.TimerVars.Pending;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.recovery.LossTimer;
import dev.netstack4j.proto.tcp.recovery.RetransmitQueue;
import dev.netstack4j.proto.tcp.recovery.RoundTrip;

/// Sends queued segments as long as congestion window, receiver's window, Nagle and the small-queue limit allow.
@Linux("net/ipv4/tcp_output.c#tcp_write_xmit")
public final class WriteLoop {
    /// How partial segments are treated.
    public enum Nagle {
        /// By the socket's options.
        AS_SET,
        /// Partial segments go out.
        OFF,
        /// More data follows at once: partial segments wait.
        CORK
    }

    private final Transmitter transmitter;
    private final SegmentSize sizes;
    private final Splitter splitter;
    private final TimerPort timers;
    private final Pacer pacer;
    private final SmallQueueLimit smallQueues;
    private final TcpSysctls sysctls;

    /// One per stack.
    public WriteLoop(
            Transmitter transmitter,
            SegmentSize sizes,
            Splitter splitter,
            TimerPort timers,
            Pacer pacer,
            SmallQueueLimit smallQueues,
            TcpSysctls sysctls) {
        this.transmitter = transmitter;
        this.sizes = sizes;
        this.splitter = splitter;
        this.timers = timers;
        this.pacer = pacer;
        this.smallQueues = smallQueues;
        this.sysctls = sysctls;
    }

    /// Sends what may be sent; when nothing is in flight then and data waits, arms the probe timer.
    @Linux("net/ipv4/tcp_output.c#__tcp_push_pending_frames")
    public void push(TcpSock sock, Nagle nagle, Cpu cpu) {
        if (sock.snd.queue.isEmpty() || !sock.isOpen()) {
            return;
        }
        if (sock.snd.packetsOut == 0) {
            CongestionWindow.beforeSend(sock, sysctls.slowStartAfterIdle.get() != 0, cpu);
        }
        run(sock, nagle, cpu);
        armProbe(sock, cpu);
    }

    @Linux("include/net/tcp.h#tcp_check_probe_timer")
    private void armProbe(TcpSock sock, Cpu cpu) {
        boolean stuck = sock.snd.packetsOut == 0 && !sock.snd.queue.isEmpty() && !sock.snd.throttled;
        if (stuck && sock.timers.pending == Pending.NONE) {
            long from = Math.max(cpu.nowNanos(), sock.ecn.pausedNanos);
            timers.retransmit(sock, Pending.PROBE, from + RoundTrip.timeout(sock.rec), cpu);
        }
    }

    private void run(TcpSock sock, Nagle nagle, Cpu cpu) {
        SendVars snd = sock.snd;
        int mss = sizes.current(sock);
        int before = snd.packetsOut;
        boolean limited = false;
        SkBuff skb = snd.queue.peek();
        while (skb != null) {
            if (sock.packetsInFlight() >= sock.cc.cwnd()) {
                limited = true;
                break;
            }
            if (!mayGo(sock, skb, mss, nagle, cpu)
                    || pacer.mustWait(sock, cpu)
                    || smallQueues.isReached(sock, skb, 0, cpu)
                    || !sendOne(sock, skb, mss, nagle, cpu)) {
                break;
            }
            skb = snd.queue.peek();
        }
        int sent = snd.packetsOut - before;
        if (sent > 0) {
            CongestionWindow.sent(sock, sent);
            LossTimer.preferProbe(sock, timers, sysctls.earlyRetrans.get(), cpu);
            CongestionWindow.validate(sock, limited, cpu);
        } else if (limited) {
            CongestionWindow.stopped(sock);
        }
    }

    private boolean mayGo(TcpSock sock, SkBuff skb, int mss, Nagle nagle, Cpu cpu) {
        if (!fitsWindow(sock, skb, mss)) {
            return false;
        }
        return skb.length() > mss
                ? !Bursts.shouldWait(sock, skb, mss, burst(sock, mss), cpu)
                : skb.length() == mss || passesNagle(sock, skb, nagle);
    }

    private int burst(TcpSock sock, int mss) {
        return PacingRate.burst(sock, mss, sizes.goal(sock), sysctls);
    }

    @Linux("net/ipv4/tcp_output.c#tcp_snd_wnd_test")
    private static boolean fitsWindow(TcpSock sock, SkBuff skb, int mss) {
        int end = skb.length() > mss ? SegmentControl.seq(skb) + mss : SegmentControl.endSeq(skb);
        return Seq.atMost(end, sock.sendWindowEnd());
    }

    /// Minshall's form of Nagle: one small segment in flight at most.
    @Rfc({"896", "9293#3.7.4"})
    @Linux("net/ipv4/tcp_output.c#tcp_nagle_test")
    private static boolean passesNagle(TcpSock sock, SkBuff skb, Nagle nagle) {
        SendVars snd = sock.snd;
        if (skb != snd.queue.peekTail() || nagle == Nagle.OFF || SegmentControl.has(skb, TcpFlags.FIN)) {
            return true;
        }
        if (snd.urgentMode) {
            return true;
        }
        if (nagle == Nagle.CORK || sock.opt.cork) {
            return false;
        }
        boolean smallInFlight = Seq.after(snd.smallSeq, snd.una) && Seq.atMost(snd.smallSeq, snd.nxt);
        return sock.opt.noDelay || snd.packetsOut == 0 || !smallInFlight;
    }

    /// Enough of what lay below was freed, or nothing is to be sent any more. Any context.
    public static void unthrottle(TcpSock sock) {
        sock.snd.throttled = false;
    }

    private boolean sendOne(TcpSock sock, SkBuff skb, int mss, Nagle nagle, Cpu cpu) {
        if (skb.length() > mss) {
            int limit = Bursts.limit(sock, skb, mss, burst(sock, mss));
            if (limit == skb.length() && limit % mss != 0 && !passesNagle(sock, skb, nagle)) {
                limit -= limit % mss; // the small rest waits
            }
            if (skb.length() > limit && !splitter.split(sock, sock.snd.queue, skb, limit, cpu)) {
                return false;
            }
        }
        SegmentControl.count(skb, SegmentSize.gsoType(sock), mss);
        if (transmitter.sendQueued(sock, skb, cpu) != 0) {
            return false;
        }
        if (skb.length() % mss != 0) {
            sock.snd.smallSeq = SegmentControl.endSeq(skb);
        }
        advance(sock, skb, cpu);
        return true;
    }

    @Linux("net/ipv4/tcp_output.c#tcp_event_new_data_sent")
    private void advance(TcpSock sock, SkBuff skb, Cpu cpu) {
        SendVars snd = sock.snd;
        snd.queue.unlink(skb);
        snd.retransmit.addTail(skb);
        snd.nxt = SegmentControl.endSeq(skb);
        boolean first = snd.packetsOut == 0;
        Pacer.sent(sock, skb.length(), SegmentControl.segments(skb), cpu);
        RetransmitQueue.sent(sock, skb);
        if (first || sock.timers.pending == Pending.NONE || sock.timers.pending == Pending.PROBE) {
            LossTimer.arm(sock, timers, sysctls.earlyRetrans.get(), cpu);
        }
    }

    /// Sends one segment that fits what there is of window, however small: the timer's right against silly windows.
    ///
    /// @return whether one was sent
    public boolean sendIntoWindow(TcpSock sock, Cpu cpu) {
        SkBuff skb = sock.snd.queue.peek();
        if (skb == null || !Seq.before(SegmentControl.seq(skb), sock.sendWindowEnd())) {
            return false;
        }
        int room = Math.min(sock.sendWindowEnd() - SegmentControl.seq(skb), sizes.current(sock));
        if (room < skb.length() && !splitter.split(sock, sock.snd.queue, skb, room, cpu)) {
            return false;
        }
        if (Seq.after(SegmentControl.endSeq(skb), sock.sendWindowEnd())) {
            return false;
        }
        SegmentControl.set(skb, TcpFlags.PSH);
        SegmentControl.count(skb, SegmentSize.gsoType(sock), sizes.current(sock));
        if (transmitter.sendQueued(sock, skb, cpu) != 0) {
            return false;
        }
        advance(sock, skb, cpu);
        return true;
    }
}
