package dev.netstack4j.proto.ipv4.icmp;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.InetError;
import dev.netstack4j.api.protocol.InetProtocols;
import dev.netstack4j.api.protocol.NetProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.proto.ipv4.header.IcmpHeader;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.raw.RawSockets;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import dev.netstack4j.proto.ipv4.route.PathMtus;
import dev.netstack4j.proto.ipv4.route.Routes;
import jakarta.inject.Inject;

/// Hands ICMP errors to the protocol whose packet they quote, when the quoted packet can be one of ours, and learns
/// path MTUs from them.
@Rfc({"1122#3.2.2", "1191#3"})
@Linux("net/ipv4/icmp.c#icmp_unreach")
public final class IncomingErrors {
    /// What a transport may read of the quoted packet behind its IP header.
    private static final int QUOTED_TRANSPORT = 8;

    private final InetProtocols protocols;
    private final RawSockets rawSockets;
    private final Routes routes;
    private final PathMtus pathMtus;
    private final Sysctl noDiscovery;
    private final InetError[] errors;

    /// For all protocols.
    @Inject
    public IncomingErrors(
            InetProtocols protocols,
            RawSockets rawSockets,
            Routes routes,
            PathMtus pathMtus,
            Sysctls sysctls,
            Cpus cpus) {
        this.protocols = protocols;
        this.rawSockets = rawSockets;
        this.routes = routes;
        this.pathMtus = pathMtus;
        noDiscovery = sysctls.declare(
                "net.ipv4.ip_no_pmtu_disc",
                0,
                0,
                3,
                "0: path MTUs are discovered; 1: not, DF is never set; 2, 3: ICMP is not believed");
        errors = new InetError[Math.max(1, cpus.count())];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = new InetError();
        }
    }

    /// Takes notice of an error: ICMP header first and marked, checksum right. The skb stays with the caller; its marks
    /// may move.
    ///
    /// @return false when it is malformed or quotes no packet of ours
    boolean receive(SkBuff skb, Cpu cpu) {
        if (!skb.mayPull(IcmpHeader.LENGTH + Ipv4Header.LENGTH, cpu)) {
            return false;
        }
        int icmp = skb.data();
        int quoted = icmp + IcmpHeader.LENGTH;
        int headerLength = Ipv4Header.headerLength(skb, quoted);
        if (Ipv4Header.version(skb, quoted) != 4
                || headerLength < Ipv4Header.LENGTH
                || !skb.mayPull(IcmpHeader.LENGTH + headerLength + QUOTED_TRANSPORT, cpu)) {
            return false;
        }
        // Pulling may have moved the bytes.
        icmp = skb.data();
        quoted = icmp + IcmpHeader.LENGTH;
        int source = Ipv4Header.source(skb, quoted);
        if (!routes.tables().isLocal(source)) {
            return false;
        }
        int type = skb.get8(icmp);
        int code = skb.get8(icmp + 1);
        int mtu = nextHopMtu(skb, icmp, quoted, type, code, cpu);
        InetError error = errors[cpu.id()];
        if (!ErrorTable.convert(type, code, mtu, error)) {
            return true;
        }
        dispatch(skb, quoted, headerLength, error, cpu);
        return true;
    }

    /// The MTU of "fragmentation needed", learnt on the way; 0 for all other errors.
    private int nextHopMtu(SkBuff skb, int icmp, int quoted, int type, int code, Cpu cpu) {
        if (type != IcmpHeader.UNREACHABLE || code != IcmpHeader.FRAGMENTATION_NEEDED || noDiscovery.get() > 1) {
            return 0;
        }
        int told = skb.get16(icmp + 6);
        int destination = Ipv4Header.destination(skb, quoted);
        Ipv4Dst dst = routes.output(destination, 0, 0, cpu);
        if (dst == null) {
            return 0;
        }
        if (!dst.isMtuLocked()) {
            pathMtus.learn(destination, told, dst.mtu());
        }
        Ipv4Dst now = routes.output(destination, 0, 0, cpu);
        return now == null ? told : Math.min(now.mtu(), dst.mtu());
    }

    private void dispatch(SkBuff skb, int quoted, int headerLength, InetError error, Cpu cpu) {
        int protocol = Ipv4Header.protocol(skb, quoted);
        skb.networkHeader(quoted);
        skb.transportHeader(quoted + headerLength);
        rawSockets.error(skb, protocol, error, cpu);
        NetProtocol p = protocols.find(AddressFamily.INET, protocol);
        if (p != null) {
            p.error(skb, error, cpu);
        }
    }
}
