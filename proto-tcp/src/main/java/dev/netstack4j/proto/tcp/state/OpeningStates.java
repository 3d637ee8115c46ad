package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TimerPort;
import dev.netstack4j.proto.tcp.control.TimerVars.Pending;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.header.TcpOptions;
import dev.netstack4j.proto.tcp.input.AckProcessor;
import dev.netstack4j.proto.tcp.input.SegmentCheck;
import dev.netstack4j.proto.tcp.output.ControlSegments;
import dev.netstack4j.proto.tcp.output.Retransmitter;

/// SYN-SENT and SYN-RECEIVED of a full socket.
final class OpeningStates {
    private static final long SOON_NANOS = 2_000_000L;

    private final OpenStates open;
    private final Opening opening;
    private final Endings endings;
    private final AckProcessor acks;
    private final FastOpenClient fastOpen;
    private final ControlSegments control;
    private final Retransmitter retransmitter;
    private final Replies replies;
    private final TimerPort timers;
    private final TcpReasons reasons;

    OpeningStates(
            OpenStates open,
            Opening opening,
            Endings endings,
            AckProcessor acks,
            FastOpenClient fastOpen,
            ControlSegments control,
            Retransmitter retransmitter,
            Replies replies,
            TimerPort timers,
            TcpReasons reasons) {
        this.open = open;
        this.opening = opening;
        this.endings = endings;
        this.acks = acks;
        this.fastOpen = fastOpen;
        this.control = control;
        this.retransmitter = retransmitter;
        this.replies = replies;
        this.timers = timers;
        this.reasons = reasons;
    }

    @Rfc("9293#3.10.7.3")
    @Linux("net/ipv4/tcp_input.c#tcp_rcv_synsent_state_process")
    Disposition synSent(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        TcpOptions.parse(skb, options);
        boolean ack = SegmentControl.has(skb, TcpFlags.ACK);
        if (ack && !acknowledgesSyn(sock, skb)) {
            return strangersAck(sock, skb, cpu);
        }
        if (SegmentControl.has(skb, TcpFlags.RST)) {
            return resetInSynSent(sock, skb, ack, cpu);
        }
        if (!SegmentControl.has(skb, TcpFlags.SYN)) {
            skb.drop(reasons.badFlags, cpu);
            return Disposition.DROPPED;
        }
        opening.negotiate(sock, options, cpu);
        Opening.negotiateEcn(sock, SegmentControl.flags(skb));
        Opening.peerBegins(sock, SegmentControl.seq(skb), cpu);
        if (ack) {
            return synAck(sock, skb, options, cpu);
        }
        return simultaneous(sock, skb, options, cpu);
    }

    private static boolean acknowledgesSyn(TcpSock sock, SkBuff skb) {
        int ack = SegmentControl.ackSeq(skb);
        return Seq.after(ack, sock.snd.una) && Seq.atMost(ack, sock.snd.nxt);
    }

    /// The peer has an older connection: it is reset, and our SYN goes out again soon, because its answer to that was
    /// lost perhaps. A RST is not answered.
    private Disposition strangersAck(TcpSock sock, SkBuff skb, Cpu cpu) {
        if (sock.rec.retransmits == 0) {
            timers.retransmit(sock, Pending.RETRANSMIT, cpu.nowNanos() + SOON_NANOS, cpu);
        }
        replies.reset(sock.network, skb, cpu);
        skb.drop(reasons.badAck, cpu);
        return Disposition.RESET_SENT;
    }

    private Disposition resetInSynSent(TcpSock sock, SkBuff skb, boolean ack, Cpu cpu) {
        if (!ack) {
            skb.drop(reasons.badFlags, cpu);
            return Disposition.DROPPED;
        }
        skb.consume(reasons.control, cpu);
        endings.reset(sock, cpu);
        return Disposition.RESET_RECEIVED;
    }

    private Disposition synAck(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        // The window of a SYN is never scaled (7323 2.2).
        sock.snd.windowScale = 0;
        acks.slow(sock, skb, options, cpu);
        sock.snd.windowScale = sock.opt.windowScaling ? options.windowScale : 0;
        opening.established(sock, cpu);
        boolean sent = fastOpen.answered(sock, options, cpu);
        boolean data = !sent && sock.fastOpen != null && SegmentControl.endSeq(skb) != sock.rcv.nxt;
        if (data) {
            withoutSyn(sock, skb);
            open.deliver(sock, skb, options, cpu);
        } else {
            skb.consume(reasons.control, cpu);
        }
        if (!sent && (!data || sock.rcv.ackPending)) {
            control.sendAck(sock, cpu);
        }
        sock.stateChange(cpu);
        open.answer(sock, cpu);
        return Disposition.PROCESSED;
    }

    private static void withoutSyn(TcpSock sock, SkBuff skb) {
        SegmentControl.seq(skb, sock.rcv.nxt);
        SegmentControl.clear(skb, TcpFlags.SYN);
    }

    /// Both sides sent a SYN at once.
    @Rfc("9293#3.5")
    private Disposition simultaneous(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        endings.enter(sock, TcpState.SYN_RECEIVED, cpu);
        sock.snd.windowScale = sock.opt.windowScaling ? options.windowScale : 0;
        AckProcessor.firstWindow(sock.snd, TcpHeader.window(skb));
        skb.consume(reasons.control, cpu);
        SkBuff syn = sock.snd.retransmit.peek();
        if (syn != null) {
            SegmentControl.set(syn, TcpFlags.ACK);
            SegmentControl.clear(syn, TcpFlags.CWR | (sock.ecn.agreed ? 0 : TcpFlags.ECE));
            retransmitter.first(sock, cpu);
        }
        return Disposition.PROCESSED;
    }

    /// Waiting for the acknowledgement of our SYN.
    @Rfc("9293#3.10.7.4")
    Disposition synReceived(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        TcpOptions.parse(skb, options);
        if (isPeersSynAck(sock, skb)) {
            return finishSimultaneous(sock, skb, options, cpu);
        }
        if (sock.isPassiveFastOpen() && isSynAgain(sock, skb)) {
            retransmitter.first(sock, cpu);
            skb.drop(reasons.duplicate, cpu);
            return Disposition.DROPPED;
        }
        Disposition early = open.validate(sock, skb, options, cpu);
        if (early != null) {
            return early;
        }
        int before = sock.snd.una;
        AckProcessor.Result result = acks.slow(sock, skb, options, cpu);
        if (result != AckProcessor.Result.GOOD || sock.snd.una == before) {
            replies.reset(sock.network, skb, cpu);
            skb.drop(reasons.badAck, cpu);
            return Disposition.RESET_SENT;
        }
        SegmentCheck.replaceTimestamp(sock, skb, options, cpu);
        if (!sock.isPassiveFastOpen()) { // there data flow since the SYN
            opening.transfer(sock, cpu);
        }
        opening.enterEstablished(sock, cpu);
        sock.stateChange(cpu);
        if ((sock.shutdown() & Sock.SEND_SHUTDOWN) != 0) {
            endings.closeSend(sock, cpu);
        }
        open.deliver(sock, skb, options, cpu);
        return Disposition.CONNECTION_MADE;
    }

    /// The peer has not heard our SYN-ACK.
    private static boolean isSynAgain(TcpSock sock, SkBuff skb) {
        int flags = SegmentControl.flags(skb) & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST);
        return flags == TcpFlags.SYN && SegmentControl.seq(skb) == sock.rcv.irs;
    }

    /// After a simultaneous open the peer's SYN comes again with the acknowledgement of ours.
    private static boolean isPeersSynAck(TcpSock sock, SkBuff skb) {
        return SegmentControl.has(skb, TcpFlags.SYN)
                && SegmentControl.has(skb, TcpFlags.ACK)
                && SegmentControl.seq(skb) == sock.rcv.irs
                && SegmentControl.ackSeq(skb) == sock.snd.nxt;
    }

    private Disposition finishSimultaneous(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        int scale = sock.snd.windowScale;
        sock.snd.windowScale = 0;
        acks.slow(sock, skb, options, cpu);
        sock.snd.windowScale = scale;
        skb.consume(reasons.control, cpu);
        opening.established(sock, cpu);
        control.sendAck(sock, cpu);
        sock.stateChange(cpu);
        open.answer(sock, cpu);
        return Disposition.PROCESSED;
    }
}
