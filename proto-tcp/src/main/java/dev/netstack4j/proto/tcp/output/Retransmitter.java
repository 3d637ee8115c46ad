package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.congestion.CongestionWindow;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars.Phase;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.control.TimerVars.Pending;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.recovery.RetransmitQueue;
import dev.netstack4j.proto.tcp.recovery.RoundTrip;
import dev.netstack4j.proto.tcp.recovery.SegmentCutter;

/// Sends again what recovery takes for lost.
public final class Retransmitter {
    /// The segment was not sent, because an earlier copy has not left this host yet.
    public static final int BUSY = Errno.EBUSY.negative();

    private final Transmitter transmitter;
    private final Splitter splitter;
    private final SegmentSize sizes;
    private final TimerPort timers;
    private final Pacer pacer;
    private final SmallQueueLimit smallQueues;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;

    /// One per stack.
    public Retransmitter(
            Transmitter transmitter,
            Splitter splitter,
            SegmentSize sizes,
            TimerPort timers,
            Pacer pacer,
            SmallQueueLimit smallQueues,
            TcpSysctls sysctls,
            TcpCounters counters) {
        this.transmitter = transmitter;
        this.splitter = splitter;
        this.sizes = sizes;
        this.timers = timers;
        this.pacer = pacer;
        this.smallQueues = smallQueues;
        this.sysctls = sysctls;
        this.counters = counters;
    }

    /// Sends lost segments again as the congestion window allows.
    @Rfc("6675#5")
    @Linux("net/ipv4/tcp_output.c#tcp_xmit_retransmit_queue")
    public void run(TcpSock sock, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        SkBuff hint = rec.retransmitHint;
        SkBuff skb = hint == null ? sock.snd.retransmit.peek() : hint;
        while (skb != null && rec.lostOut > rec.retransmittedOut && sock.packetsInFlight() < sock.cc.cwnd()) {
            RetransmitQueue.lookedAt(rec, skb);
            SkBuff next = skb.next();
            if (isWanted(skb)) {
                if (pacer.mustWait(sock, cpu)
                        || smallQueues.isReached(sock, skb, SmallQueueLimit.RETRANSMISSION, cpu)
                        || !resend(sock, skb, cpu)) {
                    return;
                }
                next = skb.next(); // it may have been cut
            }
            skb = next;
        }
    }

    private static boolean isWanted(SkBuff skb) {
        return (SegmentControl.flags(skb)
                        & (SegmentControl.LOST | SegmentControl.RETRANSMITTED | SegmentControl.SACKED))
                == SegmentControl.LOST;
    }

    private boolean resend(TcpSock sock, SkBuff skb, Cpu cpu) {
        RecoveryVars rec = sock.rec;
        if (send(sock, skb, sock.cc.cwnd() - sock.packetsInFlight(), cpu) < 0) {
            return false;
        }
        int segments = SegmentControl.segments(skb);
        (rec.phase == Phase.LOSS ? counters.slowStartRetrans : counters.fastRetrans).add(cpu, segments);
        CongestionWindow.sent(sock, segments);
        Pacer.sent(sock, skb.length(), segments, cpu);
        if (skb == sock.snd.retransmit.peek() && sock.timers.pending != Pending.REORDER) {
            timers.retransmit(sock, Pending.RETRANSMIT, cpu.nowNanos() + RoundTrip.timeout(rec), cpu);
        }
        return true;
    }

    /// Sends the first unacknowledged segment again.
    ///
    /// @return 0 or above when it was sent
    public int first(TcpSock sock, Cpu cpu) {
        SkBuff skb = sock.snd.retransmit.peek();
        return skb == null ? 0 : send(sock, skb, 1, cpu);
    }

    /// Sends the last segment again, to learn what has arrived.
    ///
    /// @return 0 or above when it was sent
    public int last(TcpSock sock, Cpu cpu) {
        SkBuff skb = sock.snd.retransmit.peekTail();
        if (skb == null) {
            return -1;
        }
        int before = (SegmentControl.segments(skb) - 1) * skb.gsoSize();
        if (before > 0 && cut(sock, skb, before, cpu)) {
            skb = sock.snd.retransmit.peekTail();
        }
        return skb == null ? -1 : send(sock, skb, 1, cpu);
    }

    @Linux("net/ipv4/tcp_output.c#__tcp_retransmit_skb")
    private int send(TcpSock sock, SkBuff skb, int most, Cpu cpu) {
        int seq = SegmentControl.seq(skb);
        if (!Seq.before(seq, sock.sendWindowEnd()) && seq != sock.snd.una) {
            return -1;
        }
        if (isStillHere(sock, skb, cpu)) {
            return BUSY;
        }
        if (!fit(sock, skb, most, cpu)) {
            return -1;
        }
        forgetEcn(skb);
        if (transmitter.sendQueued(sock, skb, cpu) != 0) {
            counters.retransFail.increment(cpu);
            return -1;
        }
        account(sock, skb, cpu);
        return 0;
    }

    /// Whether a copy waits below, in a qdisc, a ring or for the neighbour's address: then another one would not be
    /// sent earlier. When it leaves the socket goes on.
    @Linux("net/ipv4/tcp_output.c#skb_still_in_host_queue")
    private boolean isStillHere(TcpSock sock, SkBuff skb, Cpu cpu) {
        if (!skb.isCloned() || sock.context().writeAllocated() == 0) {
            return false;
        }
        SmallQueueLimit.throttle(sock, Integer.MAX_VALUE);
        // Look again: it may have left before the flag stood.
        if (sock.context().writeAllocated() == 0) {
            WriteLoop.unthrottle(sock);
            return false;
        }
        counters.stillInHostQueue.increment(cpu);
        return true;
    }

    /// The peer or the path may not have liked that the SYN asked for ECN.
    @Rfc("3168#6.1.1.1")
    @Linux("net/ipv4/tcp_output.c#tcp_ecn_clear_syn")
    private void forgetEcn(SkBuff skb) {
        int asking = TcpFlags.SYN | TcpFlags.ECE | TcpFlags.CWR;
        if ((SegmentControl.flags(skb) & asking) == asking && sysctls.ecnFallback.get() != 0) {
            SegmentControl.clear(skb, TcpFlags.ECE | TcpFlags.CWR);
        }
    }

    /// Cuts what is longer than the path, the peer's window or `most` segments allow.
    private boolean fit(TcpSock sock, SkBuff skb, int most, Cpu cpu) {
        int mss = sizes.current(sock);
        int room = sock.sendWindowEnd() - SegmentControl.seq(skb);
        boolean mayBeMany = skb.gsoSize() != 0; // one that was a single segment and is too long now has to be cut
        int segments = mayBeMany ? Math.clamp(room / mss, 1, Math.max(1, most)) : 1;
        if ((long) segments * mss < skb.length() && !cut(sock, skb, segments * mss, cpu)) {
            return false;
        }
        if (skb.gsoSize() != 0 && skb.gsoSize() != mss) {
            SegmentCutter.changed(sock, skb, SegmentControl.count(skb, SegmentSize.gsoType(sock), mss));
        }
        return true;
    }

    private boolean cut(TcpSock sock, SkBuff skb, int length, Cpu cpu) {
        int before = SegmentControl.segments(skb);
        if (!splitter.split(sock, sock.snd.retransmit, skb, length, cpu)) {
            return false;
        }
        SegmentCutter.recount(sock, skb, before, SegmentSize.gsoType(sock), sizes.current(sock));
        return true;
    }

    private void account(TcpSock sock, SkBuff skb, Cpu cpu) {
        counters.retransSegs.add(cpu, SegmentControl.segments(skb));
        if (SegmentControl.has(skb, TcpFlags.SYN)) {
            counters.synRetrans.increment(cpu);
        }
        RetransmitQueue.sentAgain(sock, skb, cpu);
        sock.events().retransmitted(sock, SegmentControl.seq(skb), skb.length(), SegmentControl.segments(skb), cpu);
    }
}
