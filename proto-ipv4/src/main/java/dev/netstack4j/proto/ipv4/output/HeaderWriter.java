package dev.netstack4j.proto.ipv4.output;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.socket.InetSock;
import dev.netstack4j.proto.ipv4.header.Ipv4Address;
import dev.netstack4j.proto.ipv4.header.Ipv4Header;
import dev.netstack4j.proto.ipv4.route.Ipv4Dst;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Puts the IPv4 header before what a socket sends: type of service, time to live, "don't fragment" and identification
/// as the socket's options say.
@Linux("net/ipv4/ip_output.c#__ip_make_skb")
public final class HeaderWriter {
    /// IP_PMTUDISC_DONT: never set DF.
    private static final int DISCOVER_DONT = 0;
    /// IP_PMTUDISC_WANT: set DF on what fits, fragment the rest.
    private static final int DISCOVER_WANT = 1;
    /// IP_PMTUDISC_PROBE: set DF, ignore the path MTU.
    private static final int DISCOVER_PROBE = 3;
    private static final int DISCOVER_OMIT = 5;

    private final Identifiers identifiers;
    private final Sysctl defaultTtl;
    private final Sysctl noDiscovery;

    /// With the stack's defaults.
    @Inject
    public HeaderWriter(Identifiers identifiers, Sysctls sysctls) {
        this.identifiers = identifiers;
        defaultTtl = sysctls.declare(
                "net.ipv4.ip_default_ttl", 64, 1, 255, "time to live of packets that do not say otherwise");
        noDiscovery = sysctls.declare(
                "net.ipv4.ip_no_pmtu_disc",
                0,
                0,
                3,
                "0: path MTUs are discovered; 1: not, DF is never set; 2, 3: ICMP is not believed");
    }

    /// Pushes the header of a packet whose dst is set.
    ///
    /// @return 0, or EMSGSIZE when it is too long and the socket wants no fragments; nothing was pushed then
    public int push(InetSock sock, SkBuff skb, int protocol, int source, int destination) {
        return push(sock, skb, protocol, source, destination, true);
    }

    /// The same.
    ///
    /// @param mayFragment whether a packet that is too long may go in fragments
    public int push(InetSock sock, SkBuff skb, int protocol, int source, int destination, boolean mayFragment) {
        int total = skb.length() + Ipv4Header.LENGTH;
        if (total > Ipv4Header.MOST_PACKET && skb.gsoSize() == 0) {
            return Errno.EMSGSIZE.negative();
        }
        int discover = sock.mtuDiscover();
        boolean fits = skb.gsoSize() != 0 || total <= mtuFor(skb, discover);
        if (!fits && mayFragment && discover > DISCOVER_WANT && discover != DISCOVER_OMIT) {
            return Errno.EMSGSIZE.negative();
        }
        boolean dontFragment = (fits || !mayFragment) && mayDiscover(discover, skb.dst());
        // A packet that is never cut needs no identification.
        int ident = dontFragment ? 0 : identifiers.next(source, destination, protocol, Math.max(1, skb.gsoSegments()));
        int at = skb.push(Ipv4Header.LENGTH);
        skb.resetNetworkHeader();
        int word = dontFragment ? Ipv4Header.DF : 0;
        Ipv4Header.write(
                skb,
                at,
                sock.tos(),
                total & 0xFFFF,
                ident,
                word,
                ttl(sock, destination),
                protocol,
                source,
                destination);
        OutputMarks.set(skb, discover >= DISCOVER_PROBE ? OutputMarks.IGNORE_PATH_MTU : 0);
        return 0;
    }

    @Linux("include/net/ip.h#ip_dont_fragment")
    private boolean mayDiscover(int discover, @Nullable Dst dst) {
        if (discover > DISCOVER_WANT) {
            return discover <= DISCOVER_PROBE;
        }
        boolean locked = dst instanceof Ipv4Dst way && way.isMtuLocked();
        return discover != DISCOVER_DONT && noDiscovery.get() == 0 && !locked;
    }

    private static int mtuFor(SkBuff skb, int discover) {
        Dst dst = skb.dst();
        if (dst == null) {
            return Ipv4Header.MOST_PACKET;
        }
        return discover >= DISCOVER_PROBE ? dst.device().mtu() : dst.mtu();
    }

    @Linux("net/ipv4/ip_output.c#ip_select_ttl")
    private int ttl(InetSock sock, int destination) {
        if (Ipv4Address.isMulticast(destination)) {
            return sock.multicastTtl();
        }
        return sock.ttl() >= 0 ? sock.ttl() : defaultTtl.get();
    }
}
