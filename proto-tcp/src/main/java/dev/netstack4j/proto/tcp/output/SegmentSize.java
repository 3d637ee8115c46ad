package dev.netstack4j.proto.tcp.output;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.GsoType;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.protocol.Dst;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.header.TcpHeader;
import dev.netstack4j.proto.tcp.header.TcpOptions;

/// How many bytes of payload a segment has: path, peer, user and window decide.
@Rfc("9293#3.7.1")
public final class SegmentSize {
    private static final int DEFAULT_MTU = 576;
    /// The largest block of packet memory, less room for the headers of all layers: a segment's payload lies in one
    /// block.
    private static final int MOST_PAYLOAD = 65536 - 512;
    private static final long SUPER_FRAMES = DeviceFeatures.GSO | DeviceFeatures.TSO;
    private static final int MOST_PACKET = 65535;
    private static final int HEADERS = 60 + TcpHeader.MAX_LENGTH;

    private final TcpSysctls sysctls;

    /// One per stack.
    public SegmentSize(TcpSysctls sysctls) {
        this.sysctls = sysctls;
    }

    /// The size for now, following a change of the path MTU; while there is no route, or none that holds any more, the
    /// size of before.
    @Linux("net/ipv4/tcp_output.c#tcp_current_mss")
    public int current(TcpSock sock) {
        Dst dst = sock.dst();
        if (dst != null && dst.mtu() != sock.snd.pathMtu && dst.isValid()) {
            sync(sock, dst.mtu());
        }
        return sock.snd.mss;
    }

    /// How many bytes one packet of the send queue takes: as many full segments as the device lets travel together, one
    /// when it lets none.
    @Linux("net/ipv4/tcp.c#tcp_xmit_size_goal")
    public int goal(TcpSock sock) {
        int mss = current(sock);
        Dst dst = sock.dst();
        if (dst == null || (dst.device().config().features() & SUPER_FRAMES) == 0) {
            return mss;
        }
        int most = Math.min(dst.device().config().gsoMaxSize(), MOST_PACKET) - HEADERS;
        return Math.max(1, halfWindow(sock, most) / mss) * mss;
    }

    /// How what this socket sends is cut.
    public static int gsoType(TcpSock sock) {
        return sock.network.family() == AddressFamily.INET ? GsoType.TCP4 : GsoType.TCP6;
    }

    /// Recomputes the size.
    @Linux("net/ipv4/tcp_output.c#tcp_sync_mss")
    public void sync(TcpSock sock, int mtu) {
        int size = Math.min(ofMtu(sock, mtu), sock.snd.peerMss);
        if (sock.snd.trustedMss > 0) {
            size = Math.min(size, sock.snd.trustedMss);
        }
        if (sock.opt.timestamps) {
            size -= TcpOptions.TIMESTAMP_LENGTH;
        }
        sock.snd.pathMtu = mtu;
        sock.snd.mss = Math.max(halfWindow(sock, size), sysctls.minSndMss.get());
    }

    /// Several timeouts without an ICMP error: perhaps long packets are swallowed. Segments become shorter, first of
    /// `tcp_base_mss`, then by halves. Whether longer ones pass again is not tried out.
    @Rfc("4821#7.7")
    @Linux("net/ipv4/tcp_timer.c#tcp_mtu_probing")
    public void blackHole(TcpSock sock) {
        if (sysctls.mtuProbing.get() == 0) {
            return;
        }
        int base = sysctls.baseMss.get();
        int before = sock.snd.trustedMss;
        int next = before == 0 ? base : Math.min(base, before >> 1);
        sock.snd.trustedMss = Math.max(next, Math.max(sysctls.mtuProbeFloor.get(), sysctls.minSndMss.get()));
        sync(sock, sock.snd.pathMtu);
    }

    /// Recomputes the size with the path MTU of now.
    public void sync(TcpSock sock) {
        sync(sock, pathMtu(sock));
    }

    private static int halfWindow(TcpSock sock, int size) {
        int most = sock.snd.maxWindow;
        int cutoff = most > 536 ? most >> 1 : most;
        return cutoff != 0 && size > cutoff ? cutoff : size;
    }

    private static int pathMtu(TcpSock sock) {
        Dst dst = sock.dst();
        return dst == null ? DEFAULT_MTU : dst.mtu();
    }

    private static int ofMtu(TcpSock sock, int mtu) {
        int size = Math.min(mtu - sock.network.headerLength(sock) - TcpHeader.LENGTH, MOST_PAYLOAD);
        return atMostUser(sock, size);
    }

    private static int atMostUser(TcpSock sock, int size) {
        int user = sock.opt.maxSegment;
        return user == 0 ? size : Math.min(size, user);
    }

    /// What our MSS option says; while there is no route, what it said before.
    @Linux("net/ipv4/tcp_output.c#tcp_advertise_mss")
    public int advertised(TcpSock sock) {
        Dst dst = sock.dst();
        if (dst != null || sock.snd.advertisedMss == 0) {
            int ofRoute = dst == null ? 0 : dst.advertisedMss();
            int size = ofRoute == 0 ? ofMtu(sock, pathMtu(sock)) : atMostUser(sock, ofRoute);
            sock.snd.advertisedMss = Math.max(size, sysctls.minSndMss.get());
        }
        return sock.snd.advertisedMss;
    }
}
