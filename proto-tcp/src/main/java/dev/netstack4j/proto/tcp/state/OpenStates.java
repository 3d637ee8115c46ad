package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.header.TcpOptions;
import dev.netstack4j.proto.tcp.input.AckPolicy;
import dev.netstack4j.proto.tcp.input.AckProcessor;
import dev.netstack4j.proto.tcp.input.ChallengeAcks;
import dev.netstack4j.proto.tcp.input.DataQueue;
import dev.netstack4j.proto.tcp.input.FastPath;
import dev.netstack4j.proto.tcp.input.ReceiveTuning;
import dev.netstack4j.proto.tcp.input.SegmentCheck;
import dev.netstack4j.proto.tcp.input.UrgentData;

/// ESTABLISHED, and the steps that all states with a known peer share.
@Rfc("9293#3.10.7.4")
@Linux("net/ipv4/tcp_input.c#tcp_rcv_established")
final class OpenStates {
    private final FastPath fast;
    private final SegmentCheck check;
    private final AckProcessor acks;
    private final AckPolicy policy;
    private final DataQueue data;
    private final UrgentData urgent;
    private final ReceiveTuning tuning;
    private final ChallengeAcks challenges;
    private final Endings endings;
    private final TcpReasons reasons;

    OpenStates(
            FastPath fast,
            SegmentCheck check,
            AckProcessor acks,
            AckPolicy policy,
            DataQueue data,
            UrgentData urgent,
            ReceiveTuning tuning,
            ChallengeAcks challenges,
            Endings endings,
            TcpReasons reasons) {
        this.fast = fast;
        this.check = check;
        this.acks = acks;
        this.policy = policy;
        this.data = data;
        this.urgent = urgent;
        this.tuning = tuning;
        this.challenges = challenges;
        this.endings = endings;
        this.reasons = reasons;
    }

    Disposition established(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        if (fast.take(sock, skb, options, cpu)) {
            return Disposition.PREDICTED;
        }
        Disposition early = validate(sock, skb, options, cpu);
        if (early != null) {
            return early;
        }
        if (!acknowledge(sock, skb, options, cpu)) {
            return Disposition.DROPPED;
        }
        deliver(sock, skb, options, cpu);
        return Disposition.PROCESSED;
    }

    /// Steps one to four: sequence number, RST, security, SYN.
    ///
    /// @return null to go on
    @org.jspecify.annotations.Nullable
    Disposition validate(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        TcpOptions.parse(skb, options);
        return switch (check.check(sock, skb, options, cpu)) {
            case DROPPED -> Disposition.DROPPED;
            case RESET -> {
                skb.consume(reasons.control, cpu);
                endings.reset(sock, cpu);
                yield Disposition.RESET_RECEIVED;
            }
            case PASS -> requireAck(skb, cpu);
        };
    }

    private @org.jspecify.annotations.Nullable Disposition requireAck(SkBuff skb, Cpu cpu) {
        if (SegmentControl.has(skb, TcpFlags.ACK)) {
            return null;
        }
        skb.drop(reasons.badFlags, cpu);
        return Disposition.DROPPED;
    }

    /// Step five: the acknowledgement.
    ///
    /// @return false when the segment was not acceptable and has been dropped
    boolean acknowledge(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        switch (acks.slow(sock, skb, options, cpu)) {
            case GOOD, OLD -> {
                SegmentCheck.replaceTimestamp(sock, skb, options, cpu);
                return true;
            }
            case TOO_OLD -> {
                challenges.send(sock, cpu);
                skb.drop(reasons.oldAck, cpu);
                return false;
            }
            case INVALID -> {
                challenges.send(sock, cpu);
                skb.drop(reasons.badAck, cpu);
                return false;
            }
        }
        return false;
    }

    /// Steps six to eight: urgent pointer, data, FIN; then what is to be sent.
    void deliver(TcpSock sock, SkBuff skb, ParsedOptions options, Cpu cpu) {
        int headerLength = TcpHeader.length(skb);
        tuning.measure(sock, options, skb.length() - headerLength, cpu);
        if (SegmentControl.has(skb, TcpFlags.URG) || sock.rcv.urgentPending) {
            urgent.check(sock, skb, headerLength, cpu);
        }
        boolean before = sock.rcv.finReceived;
        data.receive(sock, skb, headerLength, cpu);
        if (sock.rcv.finReceived && !before) {
            endings.peerClosed(sock, cpu);
        }
        answer(sock, cpu);
    }

    /// Sends data that may go now, and the acknowledgement that is owed.
    void answer(TcpSock sock, Cpu cpu) {
        if (sock.state() != TcpState.CLOSED) {
            acks.sendCheck(sock, cpu);
            policy.check(sock, cpu);
        }
    }
}
