package dev.netstack4j.proto.tcp.congestion;

import dev.netstack4j.api.congestion.CongestionOps;
import dev.netstack4j.api.spi.Plugged;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;

/// Finds congestion controls by name and gives connections theirs. Usable once the stack has started.
public final class CongestionKinds {
    private static final String RENO = "reno";
    private final Plugged plugged;
    private final TcpSysctls sysctls;

    /// One per stack.
    public CongestionKinds(Plugged plugged, TcpSysctls sysctls) {
        this.plugged = plugged;
        this.sysctls = sysctls;
    }

    /// Whether there is one of that name.
    public boolean exists(String name) {
        return plugged.find(CongestionOps.POINT, name) != null;
    }

    /// The name that new connections use.
    public String standard() {
        return sysctls.cubic.get() != 0 && exists("cubic") ? "cubic" : RENO;
    }

    /// Gives a connection its algorithm: the one set on the socket, or the standard one.
    public void assign(TcpSock sock) {
        String wanted = sock.opt.congestion;
        String name = wanted == null ? standard() : wanted;
        if (sock.cc.algorithm != null && sock.cc.name.equals(name)) {
            return;
        }
        CongestionOps ops = plugged.find(CongestionOps.POINT, name);
        sock.cc.algorithm = ops == null ? new Reno() : ops.create();
        sock.cc.name = ops == null ? RENO : name;
    }
}
