package dev.netstack4j.proto.tcp.state;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.protocol.Flow;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.SockFactory;
import dev.netstack4j.proto.tcp.control.DemuxPort;
import dev.netstack4j.proto.tcp.control.RequestSock;
import dev.netstack4j.proto.tcp.control.TcpCounters;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpState;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.input.AckProcessor;
import dev.netstack4j.proto.tcp.input.SegmentCheck;
import dev.netstack4j.proto.tcp.output.SegmentSize;
import dev.netstack4j.proto.tcp.output.SendNumbers;
import dev.netstack4j.proto.tcp.output.WindowSelector;
import dev.netstack4j.proto.tcp.recovery.RetransmitQueue;
import dev.netstack4j.proto.tcp.recovery.RoundTrip;

/// Makes a socket from a half-open connection.
@Linux("net/ipv4/tcp_minisocks.c#tcp_create_openreq_child")
final class Children {
    private static final long SECOND = 1_000_000_000L;
    private final SockFactory factory;
    private final DemuxPort demux;
    private final Opening opening;
    private final SegmentSize sizes;
    private final TcpSysctls sysctls;
    private final TcpCounters counters;

    Children(
            SockFactory factory,
            DemuxPort demux,
            Opening opening,
            SegmentSize sizes,
            TcpSysctls sysctls,
            TcpCounters counters) {
        this.factory = factory;
        this.demux = demux;
        this.opening = opening;
        this.sizes = sizes;
        this.sysctls = sysctls;
        this.counters = counters;
    }

    /// A child in SYN-RECEIVED, owned by the caller and in the table in place of the request.
    ///
    /// @param window of the peer, in bytes
    TcpSock make(TcpSock listener, RequestSock request, int window, Cpu cpu) {
        TcpSock child = listener.child(factory.child(listener));
        child.context().tryOwn(cpu);
        child.parent = listener;
        child.opt.inherit(listener.opt);
        addresses(listener, request, child);
        route(child, cpu);
        negotiated(request, child);
        numbers(request, child, window, cpu);
        child.state(TcpState.SYN_RECEIVED);
        child.events().stateChanged(child, TcpState.CLOSED, TcpState.SYN_RECEIVED, cpu);
        counters.passiveOpens.increment(cpu);
        demux.inherit(listener, child);
        demux.insert(child, cpu);
        return child;
    }

    private static void addresses(TcpSock listener, RequestSock request, TcpSock child) {
        child.localAddress(request.localAddress);
        child.localPort(request.localPort);
        child.remoteAddress(request.remoteAddress);
        child.remotePort(request.remotePort);
        child.tos(listener.tos());
        child.ttl(listener.ttl());
        child.mtuDiscover(listener.mtuDiscover());
        child.minTtl(listener.minTtl());
    }

    /// So that the first segments have the size of the path; without a route the first one to be sent looks again.
    @Linux("net/ipv4/inet_connection_sock.c#inet_csk_route_child_sock")
    private static void route(TcpSock child, Cpu cpu) {
        Flow flow = new Flow()
                .reset(child.localAddress(), child.remoteAddress(), IpProtocol.TCP)
                .ports(child.localPort(), child.remotePort())
                .via(child.settings().boundDevice, child.tos(), child.settings().mark);
        if (child.network.routeOutput(flow, cpu) == 0) {
            child.dst(flow.dst());
        }
    }

    private static void negotiated(RequestSock request, TcpSock child) {
        child.opt.timestamps = request.timestamps;
        child.opt.timestampOffset = request.timestampOffset;
        child.opt.sack = request.sack;
        child.ecn.agreed = request.ecn;
        child.opt.windowScaling = request.peerScale >= 0;
    }

    private void numbers(RequestSock request, TcpSock child, int window, Cpu cpu) {
        opening.prepare(child);
        Opening.peerBegins(child, request.irs, cpu);
        child.rcv.windowScale = Math.max(0, request.ownScale);
        WindowSelector.first(child.rcv, request.window);
        child.rcv.segmentsIn = 1; // the SYN
        if (request.timestamps) {
            SegmentCheck.storeTimestamp(child.rcv, request.tsRecent, cpu);
        }
        child.snd.isn = request.isn;
        AckProcessor.begin(child.snd);
        SendNumbers.beforeSyn(child);
        SendNumbers.afterSyn(child);
        child.snd.windowScale = Math.max(0, request.peerScale);
        AckProcessor.firstWindow(child.snd, window);
        child.snd.peerMss = request.peerMss;
        RetransmitQueue.repeated(child.rec, request.retransmits);
        if (request.retransmits == 0 && request.sentNanos != RequestSock.NOT_SENT) {
            long rtt = cpu.nowNanos() - request.sentNanos;
            RoundTrip.least(child.rec, rtt, sysctls.minRttWlen.get() * SECOND, cpu.nowNanos());
            RoundTrip.sample(child, rtt, sysctls.rtoMinMillis.get() * 1_000_000L);
        }
        sizes.sync(child);
    }
}
