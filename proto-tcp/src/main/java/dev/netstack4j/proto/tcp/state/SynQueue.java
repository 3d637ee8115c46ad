package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.AddressPair;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.proto.tcp.congestion.CongestionKinds;
import dev.netstack4j.proto.tcp.control.DemuxPort;
import dev.netstack4j.proto.tcp.control.ListenVars;
import dev.netstack4j.proto.tcp.control.RecoveryVars;
import dev.netstack4j.proto.tcp.control.RequestSock;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.header.FastOpenOption;
import dev.netstack4j.proto.tcp.header.ParsedOptions;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import org.jspecify.annotations.Nullable;

/// The half-open connections of listeners. Under the listener's ownership.
@Linux("net/ipv4/inet_connection_sock.c#inet_csk_reqsk_queue_hash_add")
final class SynQueue {
    private static final int DEFAULT_PEER_MSS = 536;
    private static final long BUSY_RETRY_NANOS = 20_000_000L;
    private final DemuxPort demux;
    private final SynAckSender sender;
    private final Opening opening;
    private final CongestionKinds kinds;
    private final SequenceNumbers numbers;
    private final SynCookies cookies;
    private final Timers timers;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;

    SynQueue(
            DemuxPort demux,
            SynAckSender sender,
            Opening opening,
            CongestionKinds kinds,
            SequenceNumbers numbers,
            SynCookies cookies,
            Timers timers,
            TcpSysctls sysctls,
            TcpCounters counters) {
        this.demux = demux;
        this.sender = sender;
        this.opening = opening;
        this.kinds = kinds;
        this.numbers = numbers;
        this.cookies = cookies;
        this.timers = timers;
        this.sysctls = sysctls;
        this.counters = counters;
    }

    /// What a SYN asks for; nothing is kept of it yet. The segment stays with the caller.
    RequestSock begin(TcpSock listener, SkBuff syn, ParsedOptions options, AddressPair pair, Cpu cpu) {
        RequestSock request = request(listener, syn, pair);
        negotiate(listener, request, syn, options);
        request.isn = numbers.initial(
                request.localAddress, request.remoteAddress, request.localPort << 16 | request.remotePort, cpu);
        return request;
    }

    /// Keeps it and answers.
    ///
    /// @param fastOpen option of the answer, but not of its repetitions
    void add(RequestSock request, FastOpenOption fastOpen, Cpu cpu) {
        request.sentNanos = cpu.nowNanos();
        link(request.listener, request);
        demux.insert(request, cpu);
        sender.send(request, fastOpen, cpu);
        arm(request, cpu);
    }

    /// Answers a SYN and keeps nothing of it.
    void answerByCookie(TcpSock listener, SkBuff syn, ParsedOptions options, AddressPair pair, Cpu cpu) {
        RequestSock request = request(listener, syn, pair);
        negotiate(listener, request, syn, options);
        cookies.choose(request, cpu);
        sender.send(request, null, cpu);
        counters.syncookiesSent.increment(cpu);
    }

    /// What an acknowledgement says that was perhaps kept in a cookie.
    ///
    /// @return null when it bears no cookie of ours
    @Nullable
    RequestSock fromCookie(TcpSock listener, SkBuff ack, ParsedOptions options, AddressPair pair, Cpu cpu) {
        RequestSock request = request(listener, ack, pair);
        request.isn = SegmentControl.ackSeq(ack) - 1;
        request.irs = SegmentControl.seq(ack) - 1;
        request.window = Opening.firstWindow(listener);
        request.peerScale = -1;
        request.ownScale = -1;
        if (!cookies.isOurs(request, cpu)) {
            counters.syncookiesFailed.increment(cpu);
            return null;
        }
        counters.syncookiesRecv.increment(cpu);
        if (options.timestamp && options.tsEcr != 0) {
            request.timestamps = true;
            request.tsRecent = options.tsVal;
            SynCookies.decode(request, options.tsEcr, opening.ownScale(listener));
        }
        request.done = true;
        return request;
    }

    private RequestSock request(TcpSock listener, SkBuff skb, AddressPair pair) {
        AddressFamily family = listener.family();
        IpAddress local = address(family, pair.destinationHigh, pair.destinationLow);
        IpAddress remote = address(family, pair.sourceHigh, pair.sourceLow);
        RequestSock request =
                new RequestSock(listener, local, TcpHeader.destinationPort(skb), remote, TcpHeader.sourcePort(skb));
        request.timestampOffset = numbers.timestampOffset(local, remote);
        return request;
    }

    private static IpAddress address(AddressFamily family, long high, long low) {
        return AddressFamily.INET.equals(family) ? IpAddress.v4((int) low) : IpAddress.v6(high, low);
    }

    private void negotiate(TcpSock listener, RequestSock request, SkBuff syn, ParsedOptions options) {
        request.irs = SegmentControl.seq(syn);
        request.peerMss = options.mss == 0 ? DEFAULT_PEER_MSS : options.mss;
        request.timestamps = options.timestamp && sysctls.timestamps.get() != 0;
        request.tsRecent = options.tsVal;
        request.sack = options.sackPermitted && sysctls.sack.get() != 0;
        boolean scaling = options.windowScale >= 0 && sysctls.windowScaling.get() != 0;
        request.peerScale = scaling ? options.windowScale : -1;
        request.ownScale = scaling ? opening.ownScale(listener) : -1;
        request.window = Opening.firstWindow(listener);
        request.ecn = acceptsEcn(listener, syn);
    }

    /// A SYN that can itself be marked does not come from a sender of RFC 3168.
    @Rfc("3168#6.1.1")
    @Linux("net/ipv4/tcp_input.c#tcp_ecn_create_request")
    private boolean acceptsEcn(TcpSock listener, SkBuff syn) {
        int asking = TcpFlags.ECE | TcpFlags.CWR;
        if ((SegmentControl.flags(syn) & asking) != asking) {
            return false;
        }
        boolean usual = sysctls.ecn.get() != 0 && !SegmentControl.has(syn, SegmentControl.CAPABLE);
        return usual || kinds.needsEcn(listener);
    }

    private static void link(TcpSock listener, RequestSock request) {
        ListenVars vars = listener.listen;
        if (vars == null) {
            return;
        }
        RequestSock first = vars.synFirst;
        request.next = first;
        if (first != null) {
            first.prev = request;
        }
        vars.synFirst = request;
        vars.synLength = vars.synLength + 1;
    }

    private static void unlink(RequestSock request) {
        ListenVars vars = request.listener.listen;
        if (vars == null) {
            return;
        }
        if (request.prev == null) {
            vars.synFirst = request.next;
        } else {
            request.prev.next = request.next;
        }
        if (request.next != null) {
            request.next.prev = request.prev;
        }
        request.next = null;
        request.prev = null;
        vars.synLength = vars.synLength - 1;
    }

    /// The peer sent its SYN again: so our answer was lost.
    void again(RequestSock request, Cpu cpu) {
        sender.send(request, null, cpu);
        counters.retransSegs.increment(cpu);
    }

    /// It is over: became a connection, was reset or timed out.
    void remove(RequestSock request, Cpu cpu) {
        if (request.done) {
            return;
        }
        request.done = true;
        if (request.timer != null) {
            request.timer.cancel(cpu);
        }
        demux.remove(request.entry);
        unlink(request);
    }

    private void arm(RequestSock request, Cpu cpu) {
        request.timer = timers.coarse("tcp syn-ack", c -> expired(request, c));
        request.timer.arm(cpu.nowNanos() + RecoveryVars.INITIAL_RTO_NANOS, cpu);
    }

    @Rfc("6298#5")
    @Linux("net/ipv4/inet_connection_sock.c#reqsk_timer_handler")
    private void expired(RequestSock request, Cpu cpu) {
        TcpSock listener = request.listener;
        if (!listener.context().tryOwn(cpu)) {
            rearm(request, BUSY_RETRY_NANOS, cpu);
            return;
        }
        if (!request.done) {
            timedOut(request, cpu);
        }
        listener.context().release(cpu);
    }

    private void timedOut(RequestSock request, Cpu cpu) {
        int defer = request.listener.opt.deferAccept;
        boolean over = request.retransmits >= sysctls.synackRetries.get();
        if (over && (!request.acknowledged || request.retransmits >= defer)) {
            counters.attemptFails.increment(cpu);
            counters.abortOnTimeout.increment(cpu);
            remove(request, cpu);
            return;
        }
        request.retransmits++;
        counters.timeouts.increment(cpu);
        if (!request.acknowledged || request.retransmits >= defer) {
            again(request, cpu);
        }
        rearm(request, RecoveryVars.INITIAL_RTO_NANOS << Math.min(request.retransmits, 6), cpu);
    }

    private static void rearm(RequestSock request, long delay, Cpu cpu) {
        if (request.timer != null) {
            request.timer.arm(cpu.nowNanos() + delay, cpu);
        }
    }
}
