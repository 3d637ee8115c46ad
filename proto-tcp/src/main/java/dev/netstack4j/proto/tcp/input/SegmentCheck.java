package dev.netstack4j.proto.tcp.input;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.output.ControlSegments;

/// The first three checks of an arriving segment in a synchronised state: timestamp, sequence number, then RST and SYN.
@Rfc({"9293#3.10.7.4", "7323#5.3", "5961#3.2"})
@Linux("net/ipv4/tcp_input.c#tcp_validate_incoming")
public final class SegmentCheck {
    /// What the checks say.
    public enum Verdict {
        /// Go on with it.
        PASS,
        /// It has been freed.
        DROPPED,
        /// A true reset: end the connection; the segment is still there.
        RESET
    }

    private static final long PAWS_IDLE_NANOS = 24L * 24 * 3600 * 1_000_000_000L;
    private final ChallengeAcks challenges;
    private final ControlSegments control;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;
    private final TcpReasons reasons;

    /// One per stack.
    public SegmentCheck(
            ChallengeAcks challenges,
            ControlSegments control,
            TcpSysctls sysctls,
            TcpCounters counters,
            TcpReasons reasons) {
        this.challenges = challenges;
        this.control = control;
        this.sysctls = sysctls;
        this.counters = counters;
        this.reasons = reasons;
    }

    /// Checks a segment.
    public Verdict check(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        boolean reset = SegmentControl.has(skb, TcpFlags.RST);
        if (!reset && isTooOld(sock, skb, options, cpu)) {
            counters.pawsEstab.increment(cpu);
            reportDuplicate(sock, skb, cpu);
            return drop(skb, reasons.paws, cpu);
        }
        if (!isAcceptable(sock, skb)) {
            return outside(sock, skb, reset, cpu);
        }
        if (reset) {
            return reset(sock, skb, cpu);
        }
        if (SegmentControl.has(skb, TcpFlags.SYN)) {
            return syn(sock, skb, cpu);
        }
        return Verdict.PASS;
    }

    private static Verdict drop(SkBuff skb, dev.netstack4j.api.buffer.DropReason why, Cpu cpu) {
        skb.drop(why, cpu);
        return Verdict.DROPPED;
    }

    /// PAWS: the timestamp is older than the last one. A pure duplicate ACK within a window passes, as Linux does.
    @Linux("net/ipv4/tcp_input.c#tcp_paws_discard")
    private static boolean isTooOld(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        if (!sock.opt.timestamps || !options.timestamp || rcv.tsRecentNanos == 0) {
            return false;
        }
        if (options.tsVal - rcv.tsRecent >= 0 || isOutdated(rcv, cpu)) {
            return false;
        }
        return !isReorderedAck(sock, skb, options);
    }

    /// Nothing has come for so long that the peer's clock may have gone half round.
    @Rfc("7323#5.5")
    private static boolean isOutdated(ReceiveVars rcv, Cpu cpu) {
        return cpu.nowNanos() - rcv.tsRecentNanos > PAWS_IDLE_NANOS;
    }

    private static boolean isReorderedAck(TcpSock sock, SkBuff skb, ParsedOptions options) {
        boolean pureAck = SegmentControl.seq(skb) == SegmentControl.endSeq(skb)
                && SegmentControl.seq(skb) == sock.rcv.nxt
                && SegmentControl.ackSeq(skb) == sock.snd.una;
        return pureAck && sock.rcv.tsRecent - options.tsVal <= sock.rec.rtoNanos / 1_000_000L;
    }

    /// The sequence number test with Linux's wider left edge: `RCV.WUP` instead of `RCV.NXT`.
    @Rfc("9293#3.4")
    @Linux("net/ipv4/tcp_input.c#tcp_sequence")
    private static boolean isAcceptable(TcpSock sock, SkBuff skb) {
        boolean left = !Seq.before(SegmentControl.endSeq(skb), sock.rcv.wup);
        boolean right = !Seq.after(SegmentControl.seq(skb), sock.rcv.nxt + sock.receiveWindow());
        return left && right;
    }

    private Verdict outside(TcpSock sock, SkBuff skb, boolean reset, Cpu cpu) {
        if (!reset && SegmentControl.has(skb, TcpFlags.SYN)) {
            return syn(sock, skb, cpu);
        }
        if (!reset) {
            reportDuplicate(sock, skb, cpu);
        }
        return drop(skb, reasons.outOfWindow, cpu);
    }

    /// An unacceptable segment is answered by an ACK, with a report when its data had come before. Without data it may
    /// be such an answer itself: then not always, or two peers that disagree would answer each other for ever.
    @Linux("net/ipv4/tcp_input.c#tcp_send_dupack")
    private void reportDuplicate(TcpSock sock, SkBuff skb, Cpu cpu) {
        int seq = SegmentControl.seq(skb);
        boolean data = seq != SegmentControl.endSeq(skb) && !SegmentControl.has(skb, TcpFlags.SYN);
        if (!data && !challenges.isTimeFor(sock, cpu)) {
            return;
        }
        if (seq != SegmentControl.endSeq(skb) && Seq.before(seq, sock.rcv.nxt)) {
            AckPolicy.enterQuick(sock);
            int end = Seq.min(SegmentControl.endSeq(skb), sock.rcv.nxt);
            SackReports.duplicate(sock, sysctls.dsack.get() != 0, seq, end);
        }
        control.sendAck(sock, cpu);
    }

    /// Only a reset with exactly the expected sequence number counts; any other in the window is challenged.
    private Verdict reset(TcpSock sock, SkBuff skb, Cpu cpu) {
        int seq = SegmentControl.seq(skb);
        if (seq == sock.rcv.nxt) {
            return Verdict.RESET;
        }
        challenges.send(sock, cpu);
        return drop(skb, reasons.outOfWindow, cpu);
    }

    /// A SYN in a synchronised state is never obeyed.
    @Rfc("5961#4.2")
    private Verdict syn(TcpSock sock, SkBuff skb, Cpu cpu) {
        if (sock.state() == TcpState.SYN_RECEIVED && isRepeatedSyn(sock, skb)) {
            control.sendAck(sock, cpu);
            return drop(skb, reasons.duplicate, cpu);
        }
        counters.synChallenge.increment(cpu);
        challenges.send(sock, cpu);
        return drop(skb, reasons.badFlags, cpu);
    }

    private static boolean isRepeatedSyn(TcpSock sock, SkBuff skb) {
        return SegmentControl.seq(skb) + 1 == sock.rcv.nxt;
    }

    /// Takes over the timestamp of a segment that spans the last acknowledgement sent.
    @Rfc("7323#4.3")
    @Linux("net/ipv4/tcp_input.c#tcp_replace_ts_recent")
    public static void replaceTimestamp(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        ReceiveVars rcv = sock.rcv;
        if (options.timestamp && !Seq.after(SegmentControl.seq(skb), rcv.wup)) {
            if (rcv.tsRecentNanos == 0 || options.tsVal - rcv.tsRecent >= 0 || isOutdated(rcv, cpu)) {
                storeTimestamp(rcv, options.tsVal, cpu);
            }
        }
    }

    /// Takes over a timestamp.
    public static void storeTimestamp(ReceiveVars rcv, int tsVal, Cpu cpu) {
        rcv.tsRecent = tsVal;
        rcv.tsRecentNanos = Math.max(1, cpu.nowNanos());
    }
}
