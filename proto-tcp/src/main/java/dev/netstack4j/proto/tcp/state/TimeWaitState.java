package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.control.TimeWaitSock;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpOptions;
import org.jspecify.annotations.Nullable;

/// TIME-WAIT: answers late segments, makes way for a new connection.
@Rfc({"9293#3.10.7.4", "1337", "6191"})
@Linux("net/ipv4/tcp_minisocks.c#tcp_timewait_state_process")
public final class TimeWaitState {
    private final Endings endings;
    private final Replies replies;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;
    private final TcpReasons reasons;
    private final ParsedOptions[] options;

    TimeWaitState(
            Endings endings, Replies replies, TcpSysctls sysctls, TcpCounters counters, TcpReasons reasons, int cpus) {
        this.endings = endings;
        this.replies = replies;
        this.sysctls = sysctls;
        this.counters = counters;
        this.reasons = reasons;
        options = new ParsedOptions[cpus];
        for (int i = 0; i < cpus; i++) {
            options[i] = new ParsedOptions();
        }
    }

    /// Takes a segment for it.
    ///
    /// @return null when the segment is a SYN that may begin a new connection: TIME-WAIT is over and the caller still
    ///     owns the skb
    public @Nullable Disposition receive(TimeWaitSock tw, InetFamilyOps network, SkBuff skb, Cpu cpu) {
        ParsedOptions parsed = options[cpu.id()];
        TcpOptions.parse(skb, parsed);
        boolean stamped = tw.timestamps && parsed.timestamp;
        boolean old = stamped && parsed.tsVal - tw.tsRecent < 0;
        if (SegmentControl.has(skb, TcpFlags.RST)) {
            return reset(tw, skb, old, cpu);
        }
        if (isNewSyn(tw, skb, stamped, parsed)) {
            counters.timeWaitRecycled.increment(cpu);
            endings.end(tw, cpu);
            return null;
        }
        if (!old && isLastAck(tw, skb)) {
            skb.consume(reasons.control, cpu);
            return Disposition.PROCESSED;
        }
        if (old) {
            counters.pawsEstab.increment(cpu);
        }
        if (!old && SegmentControl.has(skb, TcpFlags.FIN) && SegmentControl.endSeq(skb) == tw.rcvNxt) {
            restart(tw, parsed, stamped, cpu);
        }
        if (mayAnswer(tw, skb, cpu)) {
            acknowledge(tw, network, skb, cpu);
        }
        skb.drop(old ? reasons.paws : reasons.timeWait, cpu);
        return Disposition.DROPPED;
    }

    /// A bare acknowledgement in sequence asks nothing.
    private static boolean isLastAck(TimeWaitSock tw, SkBuff skb) {
        return SegmentControl.seq(skb) == tw.rcvNxt && SegmentControl.endSeq(skb) == tw.rcvNxt;
    }

    /// Two ends in TIME-WAIT must not answer each other for ever: only what is no answer itself is always answered.
    @Linux("net/ipv4/tcp_minisocks.c#tcp_timewait_check_oow_rate_limit")
    private boolean mayAnswer(TimeWaitSock tw, SkBuff skb, Cpu cpu) {
        if (SegmentControl.seq(skb) != SegmentControl.endSeq(skb) && !SegmentControl.has(skb, TcpFlags.SYN)) {
            return true;
        }
        long pause = sysctls.invalidRatelimit.get() * 1_000_000L;
        if (tw.answeredNanos != 0 && cpu.nowNanos() - tw.answeredNanos < pause) {
            return false;
        }
        tw.answeredNanos = cpu.nowNanos();
        return true;
    }

    private Disposition reset(TimeWaitSock tw, SkBuff skb, boolean old, Cpu cpu) {
        boolean exact = SegmentControl.seq(skb) == tw.rcvNxt;
        skb.drop(reasons.timeWait, cpu);
        if (exact && !old && sysctls.rfc1337.get() == 0) {
            endings.end(tw, cpu);
            return Disposition.RESET_RECEIVED;
        }
        return Disposition.DROPPED;
    }

    /// A SYN with a later sequence number or timestamp cannot belong to the old connection.
    private static boolean isNewSyn(TimeWaitSock tw, SkBuff skb, boolean stamped, ParsedOptions parsed) {
        int flags = SegmentControl.flags(skb) & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST);
        return flags == TcpFlags.SYN
                && (Seq.after(SegmentControl.seq(skb), tw.rcvNxt) || stamped && parsed.tsVal - tw.tsRecent > 0);
    }

    /// The peer's FIN again: our last ACK was lost.
    private static void restart(TimeWaitSock tw, ParsedOptions parsed, boolean stamped, Cpu cpu) {
        if (stamped) {
            tw.tsRecent = parsed.tsVal;
            tw.heardNanos = cpu.nowNanos();
        }
        if (tw.timer != null) {
            tw.timer.arm(cpu.nowNanos() + Endings.TIME_WAIT_NANOS, cpu);
        }
    }

    private void acknowledge(TimeWaitSock tw, InetFamilyOps network, SkBuff skb, Cpu cpu) {
        int tsVal = (int) (cpu.nowNanos() / 1_000_000) + tw.timestampOffset;
        int window = tw.rcvWnd >>> tw.windowScale;
        replies.ack(network, skb, tw.sndNxt, tw.rcvNxt, window, tw.timestamps, tsVal, tw.tsRecent, cpu);
    }
}
