package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.AddressPair;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.ConnectionEntry;
import dev.netstack4j.proto.tcp.control.DemuxPort;
import dev.netstack4j.proto.tcp.control.ListenVars;
import dev.netstack4j.proto.tcp.control.RequestSock;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.Seq;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.header.TcpOptions;
import org.jspecify.annotations.Nullable;

/// LISTEN, and SYN-RECEIVED as half-open connections of a listener. Under the listener's ownership.
@Rfc("9293#3.10.7.2")
@Linux("net/ipv4/tcp_minisocks.c#tcp_check_req")
final class ListenState {
    private static final int ALWAYS = 2;
    private final DemuxPort demux;
    private final SynQueue requests;
    private final Children children;
    private final FastOpenServer fastOpen;
    private final Replies replies;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;
    private final TcpReasons reasons;
    private final ParsedOptions[] options;
    private final AddressPair[] pairs;

    ListenState(
            DemuxPort demux,
            SynQueue requests,
            Children children,
            FastOpenServer fastOpen,
            Replies replies,
            TcpSysctls sysctls,
            TcpCounters counters,
            TcpReasons reasons,
            int cpus) {
        this.demux = demux;
        this.requests = requests;
        this.children = children;
        this.fastOpen = fastOpen;
        this.replies = replies;
        this.sysctls = sysctls;
        this.counters = counters;
        this.reasons = reasons;
        options = new ParsedOptions[cpus];
        pairs = new AddressPair[cpus];
        for (int i = 0; i < cpus; i++) {
            options[i] = new ParsedOptions();
            pairs[i] = new AddressPair();
        }
    }

    /// A segment for the listener, or for one of its half-open connections.
    Disposition receive(TcpSock listener, SkBuff skb, StateMachine machine, Cpu cpu) {
        ConnectionEntry entry = demux.find(skb, cpu);
        if (entry != null && entry.sock != null) {
            return handOver(entry.sock, skb, machine, cpu);
        }
        RequestSock request = entry == null ? null : entry.request;
        if (request != null && request.listener == listener) {
            return halfOpen(listener, request, skb, machine, cpu);
        }
        return first(listener, skb, machine, cpu);
    }

    /// The connection was made while the segment waited.
    private Disposition handOver(TcpSock child, SkBuff skb, StateMachine machine, Cpu cpu) {
        if (child.context().tryOwn(cpu)) {
            machine.receive(child, skb, cpu);
            child.context().release(cpu);
        } else if (!child.context().backlog(skb, cpu)) {
            counters.backlogDrop.increment(cpu);
            skb.drop(reasons.backlogFull, cpu);
        }
        return Disposition.HANDED_OVER;
    }

    /// RST is ignored, ACK is answered by RST, SYN begins a connection.
    private Disposition first(TcpSock listener, SkBuff skb, StateMachine machine, Cpu cpu) {
        if (SegmentControl.has(skb, TcpFlags.RST)) {
            return drop(skb, reasons.badFlags, cpu);
        }
        if (SegmentControl.has(skb, TcpFlags.ACK)) {
            RequestSock request = cookie(listener, skb, cpu);
            if (request != null) {
                return room(listener, request, skb, machine, cpu);
            }
            replies.reset(listener.network, skb, cpu);
            skb.drop(reasons.noSocket, cpu);
            return Disposition.RESET_SENT;
        }
        boolean synOnly = SegmentControl.has(skb, TcpFlags.SYN) && !SegmentControl.has(skb, TcpFlags.FIN);
        return synOnly ? syn(listener, skb, cpu) : drop(skb, reasons.badFlags, cpu);
    }

    /// An acknowledgement of a SYN-ACK that nothing was kept of.
    @Linux("net/ipv4/syncookies.c#cookie_v4_check")
    private @Nullable RequestSock cookie(TcpSock listener, SkBuff skb, Cpu cpu) {
        ListenVars vars = listener.listen;
        boolean possible = vars != null
                && sysctls.syncookies.get() != 0
                && !SegmentControl.has(skb, TcpFlags.SYN)
                && SynCookies.wereSent(vars, cpu);
        if (!possible) {
            return null;
        }
        ParsedOptions parsed = options[cpu.id()];
        TcpOptions.parse(skb, parsed);
        listener.network.addresses(skb, pairs[cpu.id()]);
        return requests.fromCookie(listener, skb, parsed, pairs[cpu.id()], cpu);
    }

    private static Disposition drop(SkBuff skb, dev.netstack4j.api.buffer.DropReason why, Cpu cpu) {
        skb.drop(why, cpu);
        return Disposition.DROPPED;
    }

    @Linux("net/ipv4/tcp_input.c#tcp_conn_request")
    private Disposition syn(TcpSock listener, SkBuff skb, Cpu cpu) {
        ListenVars vars = listener.listen;
        if (vars == null) {
            return drop(skb, reasons.noSocket, cpu);
        }
        if (vars.acceptFull()) {
            counters.listenOverflows.increment(cpu);
            counters.listenDrops.increment(cpu);
            return drop(skb, reasons.listenOverflow, cpu);
        }
        boolean full = vars.synLength > vars.backlog;
        boolean byCookie = sysctls.syncookies.get() == ALWAYS || full && sysctls.syncookies.get() != 0;
        if (!byCookie && (full || isCrowded(vars))) {
            (full ? counters.reqQFullDrop : counters.listenDrops).increment(cpu);
            return drop(skb, reasons.synQueueFull, cpu);
        }
        ParsedOptions parsed = options[cpu.id()];
        TcpOptions.parse(skb, parsed);
        listener.network.addresses(skb, pairs[cpu.id()]);
        if (byCookie) {
            vars.cookieNanos = Math.max(1, cpu.nowNanos());
            counters.reqQFullDoCookies.increment(cpu);
            requests.answerByCookie(listener, skb, parsed, pairs[cpu.id()], cpu);
            skb.consume(reasons.control, cpu);
            return Disposition.SYN_QUEUED;
        }
        return queue(listener, skb, parsed, cpu);
    }

    private Disposition queue(TcpSock listener, SkBuff skb, ParsedOptions parsed, Cpu cpu) {
        RequestSock request = requests.begin(listener, skb, parsed, pairs[cpu.id()], cpu);
        TcpSock early = fastOpen.tryOpen(listener, request, skb, parsed.fastOpen, cpu);
        if (early != null) {
            offer(listener, early, cpu);
            return Disposition.CONNECTION_MADE;
        }
        requests.add(request, parsed.fastOpen, cpu);
        skb.consume(reasons.control, cpu);
        return Disposition.SYN_QUEUED;
    }

    /// Without cookies the last quarter of the stack's limit is kept free.
    private boolean isCrowded(ListenVars vars) {
        int most = sysctls.maxSynBacklog.get();
        return sysctls.syncookies.get() == 0 && most - vars.synLength < most >> 2;
    }

    private Disposition halfOpen(TcpSock listener, RequestSock request, SkBuff skb, StateMachine machine, Cpu cpu) {
        ParsedOptions parsed = options[cpu.id()];
        TcpOptions.parse(skb, parsed);
        boolean old = request.timestamps && parsed.timestamp && parsed.tsVal - request.tsRecent < 0;
        int flags = SegmentControl.flags(skb);
        if ((flags & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST)) == TcpFlags.SYN
                && SegmentControl.seq(skb) == request.irs) {
            requests.again(request, cpu);
            return drop(skb, reasons.duplicate, cpu);
        }
        if ((flags & TcpFlags.ACK) != 0 && SegmentControl.ackSeq(skb) != request.isn + 1) {
            replies.reset(listener.network, skb, cpu);
            skb.drop(reasons.badAck, cpu);
            return Disposition.RESET_SENT;
        }
        if (old || !inWindow(request, skb)) {
            return outside(listener, request, skb, old, cpu);
        }
        if ((flags & TcpFlags.RST) != 0 && SegmentControl.seq(skb) != request.irs + 1) {
            // Perhaps somebody guesses: the true peer answers with the right number (RFC 5961 3.2).
            acknowledge(listener, request, skb, cpu);
            return drop(skb, reasons.outOfWindow, cpu);
        }
        if ((flags & TcpFlags.RST) != 0) {
            counters.attemptFails.increment(cpu);
            requests.remove(request, cpu);
            skb.consume(reasons.control, cpu);
            return Disposition.RESET_RECEIVED;
        }
        return acknowledged(listener, request, skb, flags, machine, cpu);
    }

    private static boolean inWindow(RequestSock request, SkBuff skb) {
        int next = request.irs + 1;
        int seq = SegmentControl.seq(skb);
        return !Seq.before(SegmentControl.endSeq(skb), next) && !Seq.after(seq, next + request.window);
    }

    private Disposition outside(TcpSock listener, RequestSock request, SkBuff skb, boolean old, Cpu cpu) {
        if (!SegmentControl.has(skb, TcpFlags.RST)) {
            acknowledge(listener, request, skb, cpu);
        }
        if (old) {
            counters.pawsEstab.increment(cpu);
        }
        return drop(skb, old ? reasons.paws : reasons.outOfWindow, cpu);
    }

    private void acknowledge(TcpSock listener, RequestSock request, SkBuff skb, Cpu cpu) {
        int window = request.window >>> Math.max(0, request.ownScale);
        int tsVal = (int) (cpu.nowNanos() / 1_000_000) + request.timestampOffset;
        replies.ack(
                listener.network,
                skb,
                request.isn + 1,
                request.irs + 1,
                window,
                request.timestamps,
                tsVal,
                request.tsRecent,
                cpu);
    }

    private Disposition acknowledged(
            TcpSock listener, RequestSock request, SkBuff skb, int flags, StateMachine machine, Cpu cpu) {
        if ((flags & TcpFlags.SYN) != 0) {
            counters.attemptFails.increment(cpu);
            replies.reset(listener.network, skb, cpu);
            requests.remove(request, cpu);
            skb.drop(reasons.badFlags, cpu);
            return Disposition.RESET_SENT;
        }
        if ((flags & TcpFlags.ACK) == 0) {
            return drop(skb, reasons.badFlags, cpu);
        }
        if (isDeferred(listener, request, skb)) {
            request.acknowledged = true;
            counters.deferAcceptDrop.increment(cpu);
            skb.consume(reasons.control, cpu);
            return Disposition.PROCESSED;
        }
        return room(listener, request, skb, machine, cpu);
    }

    /// TCP_DEFER_ACCEPT: a connection without data is not worth waking the server.
    private static boolean isDeferred(TcpSock listener, RequestSock request, SkBuff skb) {
        return request.retransmits < listener.opt.deferAccept && SegmentControl.endSeq(skb) == request.irs + 1;
    }

    private Disposition room(TcpSock listener, RequestSock request, SkBuff skb, StateMachine machine, Cpu cpu) {
        ListenVars vars = listener.listen;
        if (vars == null || vars.acceptFull()) {
            return overflow(listener, request, skb, cpu);
        }
        return make(listener, request, skb, machine, cpu);
    }

    /// No room: the peer's ACK is forgotten, so that it comes again, or the peer is told.
    private Disposition overflow(TcpSock listener, RequestSock request, SkBuff skb, Cpu cpu) {
        counters.listenOverflows.increment(cpu);
        if (sysctls.abortOnOverflow.get() != 0) {
            replies.reset(listener.network, skb, cpu);
            requests.remove(request, cpu);
        }
        return drop(skb, reasons.listenOverflow, cpu);
    }

    private Disposition make(TcpSock listener, RequestSock request, SkBuff skb, StateMachine machine, Cpu cpu) {
        TcpSock child = children.make(listener, request, TcpHeader.window(skb) << Math.max(0, request.peerScale), cpu);
        requests.remove(request, cpu);
        machine.receive(child, skb, cpu);
        offer(listener, child, cpu);
        return Disposition.CONNECTION_MADE;
    }

    /// To whoever accepts, unless it is over already.
    private static void offer(TcpSock listener, TcpSock child, Cpu cpu) {
        if (child.state() != TcpState.CLOSED) {
            enqueue(listener, child);
            listener.dataReady(cpu);
        }
        child.context().release(cpu);
    }

    private static void enqueue(TcpSock listener, TcpSock child) {
        ListenVars vars = listener.listen;
        if (vars == null) {
            return;
        }
        TcpSock last = vars.acceptLast;
        if (last == null) {
            vars.acceptFirst = child;
        } else {
            last.nextAccepted = child;
        }
        vars.acceptLast = child;
        vars.acceptLength = vars.acceptLength + 1;
    }

    /// Takes the first connection that waits.
    static @Nullable TcpSock dequeue(ListenVars vars) {
        TcpSock first = vars.acceptFirst;
        if (first == null) {
            return null;
        }
        vars.acceptFirst = first.nextAccepted;
        if (vars.acceptFirst == null) {
            vars.acceptLast = null;
        }
        first.nextAccepted = null;
        vars.acceptLength = vars.acceptLength - 1;
        return first;
    }
}
