package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.ConnectionEntry;
import dev.netstack4j.proto.tcp.control.DemuxPort;
import dev.netstack4j.proto.tcp.control.ReceiveVars;
import dev.netstack4j.proto.tcp.control.StackMemory;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.TcpHeader;

/// Hands a segment to the class of its socket's state.
@Rfc("9293#3.10.7")
@Linux("net/ipv4/tcp_ipv4.c#tcp_v4_do_rcv")
public final class StateMachine {
    private final StackMemory memory;
    private final OpenStates open;
    private final ClosingStates closing;
    private final OpeningStates opening;
    private final ListenState listen;
    private final TimeWaitState timeWait;
    private final DemuxPort demux;
    private final Replies replies;
    private final TcpReasons reasons;
    private final ParsedOptions[] options;

    StateMachine(
            StackMemory memory,
            OpenStates open,
            ClosingStates closing,
            OpeningStates opening,
            ListenState listen,
            TimeWaitState timeWait,
            DemuxPort demux,
            Replies replies,
            TcpReasons reasons,
            int cpus) {
        this.timeWait = timeWait;
        this.demux = demux;
        this.open = open;
        this.memory = memory;
        this.closing = closing;
        this.opening = opening;
        this.listen = listen;
        this.replies = replies;
        this.reasons = reasons;
        options = new ParsedOptions[cpus];
        for (int i = 0; i < cpus; i++) {
            options[i] = new ParsedOptions();
        }
    }

    /// Processes a segment, header first, control block filled in. Under the socket's ownership; takes the skb.
    public Disposition receive(TcpSock sock, SkBuff skb, Cpu cpu) {
        Disposition done = byState(sock, skb, cpu);
        memory.account(sock, cpu);
        return done;
    }

    private Disposition byState(TcpSock sock, SkBuff skb, Cpu cpu) {
        ParsedOptions scratch = options[cpu.id()];
        count(sock.rcv, skb);
        return switch (sock.state()) {
            case ESTABLISHED -> {
                rememberRoute(sock, skb);
                yield open.established(sock, skb, scratch, cpu);
            }
            case LISTEN -> listen.receive(sock, skb, this, cpu);
            case SYN_SENT -> opening.synSent(sock, skb, scratch, cpu);
            case SYN_RECEIVED -> opening.synReceived(sock, skb, scratch, cpu);
            case CLOSED, TIME_WAIT -> closed(sock, skb, cpu);
            default -> closing.receive(sock, skb, scratch, cpu);
        };
    }

    @Linux("include/net/tcp.h#tcp_segs_in")
    private static void count(ReceiveVars rcv, SkBuff skb) {
        int segments = SegmentControl.segments(skb);
        rcv.segmentsIn += segments;
        if (skb.length() > TcpHeader.length(skb)) {
            rcv.payloadSegmentsIn += segments;
        }
    }

    /// For early demux. The field is volatile, so it is written only when it changes.
    private static void rememberRoute(TcpSock sock, SkBuff skb) {
        if (sock.receiveDst != skb.dst()) {
            sock.receiveDst = skb.dst();
        }
    }

    /// The socket closed while the segment waited; perhaps TIME-WAIT has taken its place.
    @Rfc("9293#3.10.7.1")
    private Disposition closed(TcpSock sock, SkBuff skb, Cpu cpu) {
        ConnectionEntry entry = demux.find(skb, cpu);
        if (entry != null && entry.timeWait != null) {
            Disposition done = timeWait.receive(entry.timeWait, sock.network, skb, cpu);
            if (done != null) {
                return done;
            }
        }
        replies.reset(sock.network, skb, cpu);
        skb.drop(reasons.noSocket, cpu);
        return Disposition.RESET_SENT;
    }
}
