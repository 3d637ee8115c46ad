package dev.netstack4j.proto.ipv4.family;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.protocol.Flow;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.proto.ipv4.accounting.IpCounters;
import dev.netstack4j.proto.ipv4.accounting.IpReasons;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.output.HeaderWriter;
import dev.netstack4j.proto.ipv4.output.IpOutput;
import dev.netstack4j.proto.ipv4.output.OutputMarks;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import dev.netstack4j.proto.ipv4.route.Routes;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// The three ways in which transports send. Every one takes the skb.
public final class Sender {
    private final Routes routes;
    private final HeaderWriter headers;
    private final IpOutput output;
    private final Sysctl defaultTtl;
    private final IpCounters counters;
    private final IpReasons reasons;

    /// Over IPv4's output.
    @Inject
    public Sender(
            Routes routes,
            HeaderWriter headers,
            IpOutput output,
            Sysctls sysctls,
            IpCounters counters,
            IpReasons reasons) {
        this.routes = routes;
        this.headers = headers;
        this.output = output;
        this.counters = counters;
        this.reasons = reasons;
        defaultTtl = sysctls.declare(
                "net.ipv4.ip_default_ttl", 64, 1, 255, "time to live of packets that do not say otherwise");
    }

    /// Sends along the socket's own route, found anew when it is no longer good.
    @Linux("net/ipv4/ip_output.c#__ip_queue_xmit")
    int queueXmit(InetSock sock, SkBuff skb, Cpu cpu) {
        Dst dst = validRoute(sock, cpu);
        if (dst == null) {
            counters.outNoRoutes.increment(cpu);
            return refuse(skb, reasons.noRoute, Errno.EHOSTUNREACH, cpu);
        }
        skb.dst(dst);
        skb.priority(sock.settings().priority);
        skb.mark(sock.settings().mark);
        int source = sock.localAddress().v4Bits();
        int destination = sock.remoteAddress().v4Bits();
        return finish(headers.push(sock, skb, sock.protocol(), source, destination, false), skb, cpu);
    }

    @Linux("include/net/sock.h#__sk_dst_check")
    private @Nullable Dst validRoute(InetSock sock, Cpu cpu) {
        Dst cached = sock.dst();
        if (cached != null && cached.isValid()) {
            return cached;
        }
        Dst found = routes.output(
                sock.remoteAddress().v4Bits(), sock.localAddress().v4Bits(), sock.settings().boundDevice, cpu);
        sock.dst(found);
        return found;
    }

    /// Sends along a route that the transport has looked up.
    int send(InetSock sock, SkBuff skb, Flow flow, Cpu cpu) {
        Dst dst = flow.dst();
        if (dst == null) {
            counters.outNoRoutes.increment(cpu);
            return refuse(skb, reasons.noRoute, Errno.ENETUNREACH, cpu);
        }
        skb.dst(dst);
        skb.priority(sock.settings().priority);
        skb.mark(flow.mark());
        int source = flow.source().v4Bits();
        int destination = flow.destination().v4Bits();
        return finish(headers.push(sock, skb, flow.protocol(), source, destination), skb, cpu);
    }

    private int finish(int refused, SkBuff skb, Cpu cpu) {
        if (refused != 0) {
            counters.fragFails.increment(cpu);
            skb.drop(reasons.tooBig, cpu);
            return refused;
        }
        return output.localOut(skb, cpu);
    }

    /// Sends back to where a packet came from.
    int unicastReply(SkBuff cause, SkBuff reply, int protocol, Cpu cpu) {
        int at = cause.networkHeader();
        int source = Ipv4Header.destination(cause, at);
        int destination = Ipv4Header.source(cause, at);
        Ipv4Dst dst = routes.output(destination, source, 0, cpu);
        if (dst == null) {
            counters.outNoRoutes.increment(cpu);
            return refuse(reply, reasons.noRoute, Errno.ENETUNREACH, cpu);
        }
        reply.dst(dst);
        int header = reply.push(Ipv4Header.LENGTH);
        reply.resetNetworkHeader();
        int tos = Ipv4Header.tos(cause, at) & 0xFC;
        Ipv4Header.write(
                reply, header, tos, reply.length(), 0, Ipv4Header.DF, defaultTtl.get(), protocol, source, destination);
        OutputMarks.set(reply, 0);
        return output.localOut(reply, cpu);
    }

    private static int refuse(SkBuff skb, DropReason reason, Errno errno, Cpu cpu) {
        skb.drop(reason, cpu);
        return errno.negative();
    }
}
