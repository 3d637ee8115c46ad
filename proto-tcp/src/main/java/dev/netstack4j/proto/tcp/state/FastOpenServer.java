package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.proto.tcp.control.FastOpenVars;
import dev.netstack4j.proto.tcp.control.RequestSock;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpReasons;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.fastopen.FastOpenKeys;
import dev.netstack4j.proto.tcp.fastopen.FastOpenKeys.Match;
import dev.netstack4j.proto.tcp.fastopen.FastOpenQueue;
import dev.netstack4j.proto.tcp.header.FastOpenOption;
import dev.netstack4j.proto.tcp.header.SegmentControl;
import dev.netstack4j.proto.tcp.header.TcpFlags;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.input.DataQueue;
import dev.netstack4j.proto.tcp.output.ControlSegments;
import dev.netstack4j.proto.tcp.output.WindowSelector;
import org.jspecify.annotations.Nullable;

/// The listener's side of Fast Open: a SYN with a good cookie makes a connection at once. Under the listener's
/// ownership.
@Rfc("7413#4.2.2")
@Linux("net/ipv4/tcp_fastopen.c#tcp_try_fastopen")
final class FastOpenServer {
    private static final int SERVER = 2;
    private static final int WITHOUT_COOKIE = 0x200;

    private final Children children;
    private final Opening opening;
    private final Endings endings;
    private final DataQueue data;
    private final ControlSegments control;
    private final FastOpenKeys keys;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;
    private final TcpReasons reasons;

    FastOpenServer(
            Children children,
            Opening opening,
            Endings endings,
            DataQueue data,
            ControlSegments control,
            FastOpenKeys keys,
            TcpSysctls sysctls,
            TcpCounters counters,
            TcpReasons reasons) {
        this.children = children;
        this.opening = opening;
        this.endings = endings;
        this.data = data;
        this.control = control;
        this.keys = keys;
        this.sysctls = sysctls;
        this.counters = counters;
        this.reasons = reasons;
    }

    /// Makes the connection if the cookie is good. Otherwise `option` becomes what the SYN-ACK says, and the segment
    /// stays with the caller.
    ///
    /// @return a child, owned by the caller, in SYN-RECEIVED with its SYN-ACK on its way, or in CLOSED without memory
    ///     for that; null for the ordinary way
    @Nullable
    TcpSock tryOpen(TcpSock listener, RequestSock request, SkBuff syn, FastOpenOption option, Cpu cpu) {
        if (option.length == 0) {
            counters.fastOpenCookieReqd.increment(cpu);
        }
        FastOpenQueue queue = listener.fastOpenQueue;
        boolean concerned = (sysctls.fastOpen.get() & SERVER) != 0 && (option.length >= 0 || carriesData(syn));
        if (!concerned || queue == null || !hasRoom(queue, cpu)) {
            option.clear();
            return null;
        }
        if (listener.opt.fastOpenNoCookie || (sysctls.fastOpen.get() & WITHOUT_COOKIE) != 0) {
            option.clear();
            return open(listener, request, syn, queue, option, cpu);
        }
        FastOpenKeys own = queue.keys();
        return byCookie(listener, request, syn, queue, own == null ? keys : own, option, cpu);
    }

    private static boolean carriesData(SkBuff syn) {
        return SegmentControl.endSeq(syn) != SegmentControl.seq(syn) + 1;
    }

    private boolean hasRoom(FastOpenQueue queue, Cpu cpu) {
        if (queue.most() == 0) {
            return false;
        }
        boolean room = queue.hasRoom(cpu.nowNanos());
        if (!room) {
            counters.fastOpenListenOverflow.increment(cpu);
        }
        return room;
    }

    private @Nullable TcpSock byCookie(
            TcpSock listener,
            RequestSock request,
            SkBuff syn,
            FastOpenQueue queue,
            FastOpenKeys with,
            FastOpenOption option,
            Cpu cpu) {
        if (option.length < 0) {
            return null;
        }
        Match match = option.length == 0 ? Match.NONE : with.check(request.remoteAddress, request.localAddress, option);
        if (option.length > 0 && match == Match.NONE) {
            counters.fastOpenPassiveFail.increment(cpu);
        }
        if (match == Match.CURRENT) {
            option.clear();
        } else {
            with.make(request.remoteAddress, request.localAddress, option);
        }
        if (match == Match.NONE) {
            return null;
        }
        if (match == Match.FORMER) {
            counters.fastOpenPassiveAltKey.increment(cpu);
        }
        return open(listener, request, syn, queue, option, cpu);
    }

    @Linux("net/ipv4/tcp_fastopen.c#tcp_fastopen_create_child")
    private TcpSock open(
            TcpSock listener, RequestSock request, SkBuff syn, FastOpenQueue queue, FastOpenOption option, Cpu cpu) {
        request.done = true; // it was never queued
        TcpSock child = children.make(listener, request, TcpHeader.window(syn), cpu);
        FastOpenVars vars = new FastOpenVars();
        vars.next.copy(option);
        vars.queue = queue;
        queue.enter();
        child.fastOpen = vars;
        opening.transfer(child, cpu);
        takeData(child, vars, syn, cpu);
        control.sendSyn(child, TcpFlags.SYN | TcpFlags.ACK | (request.ecn ? TcpFlags.ECE : 0), cpu);
        if (child.snd.retransmit.isEmpty()) {
            child.orphan(); // nothing would be sent again: the client begins anew
            endings.done(child, cpu);
            return child;
        }
        counters.fastOpenPassive.increment(cpu);
        return child;
    }

    /// The window that the SYN-ACK tells begins behind the data.
    @Linux("net/ipv4/tcp_fastopen.c#tcp_fastopen_add_skb")
    private void takeData(TcpSock child, FastOpenVars vars, SkBuff syn, Cpu cpu) {
        if (!carriesData(syn)) {
            syn.consume(reasons.control, cpu);
            return;
        }
        SegmentControl.seq(syn, child.rcv.nxt);
        SegmentControl.clear(syn, TcpFlags.SYN);
        int before = child.rcv.nxt;
        data.receive(child, syn, TcpHeader.length(syn), cpu);
        vars.synDataAcked = child.rcv.nxt != before;
        WindowSelector.begin(child, child.rcv.nxt);
    }
}
