package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.api.congestion.CongestionOps;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.spi.Plugged;
import dev.netstack4j.proto.tcp.control.TcpSock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds congestion controls by name and gives connections theirs. Usable once the stack has started.
@Linux("net/ipv4/tcp_cong.c#tcp_set_congestion_control")
public final class CongestionKinds {
    static final String RENO = "reno";
    private final Plugged plugged;
    private final CongestionSysctls sysctls;

    /// One per stack; declares the settings that name algorithms.
    public CongestionKinds(Plugged plugged, Sysctls settings) {
        this.plugged = plugged;
        sysctls = new CongestionSysctls(this);
        sysctls.declare(settings);
    }

    /// The stack starts: what was asked for must be there.
    ///
    /// @throws IllegalStateException with a sentence when it is not
    public void start() {
        sysctls.start();
    }

    /// Whether there is one of that name.
    public boolean exists(String name) {
        return find(name) != null;
    }

    private @Nullable CongestionOps find(String name) {
        return plugged.find(CongestionOps.POINT, name);
    }

    /// All names.
    List<String> names() {
        return plugged.keys(CongestionOps.POINT);
    }

    /// The name that new connections use.
    public String standard() {
        String name = sysctls.standard();
        return exists(name) ? name : RENO;
    }

    /// The name that this socket uses or will use.
    public String nameOf(TcpSock sock) {
        if (sock.cc.algorithm != null) {
            return sock.cc.name;
        }
        String set = sock.opt.congestion;
        return set == null ? standard() : set;
    }

    /// Whether this socket's algorithm works by marks.
    public boolean needsEcn(TcpSock sock) {
        CongestionOps ops = find(nameOf(sock));
        return ops != null && ops.needsEcn();
    }

    /// Gives a connection its algorithm: the one set on the socket, or the standard one.
    @Linux("net/ipv4/tcp_cong.c#tcp_assign_congestion_control")
    public void assign(TcpSock sock) {
        String set = sock.opt.congestion;
        String name = set == null ? standard() : set;
        if (sock.cc.algorithm != null && sock.cc.name.equals(name)) {
            return;
        }
        CongestionOps ops = find(name);
        sock.cc.algorithm = ops == null ? new Reno() : ops.create();
        sock.cc.name = ops == null ? RENO : name;
        sock.ecn.byMarks = ops != null && ops.needsEcn() && sock.ecn.agreed;
    }
}
