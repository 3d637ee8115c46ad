package dev.netstack4j.core.socket;

import dev.netstack4j.api.socket.SockFactory;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.spi.Contributions;

/// What this package brings into a stack.
public final class SocketServices {
    private SocketServices() {}

    /// Declares it.
    public static void contribute(Contributions c) {
        c.service(SystemCalls.class, SocketCalls.class);
        c.service(SockFactory.class, SockMaker.class);
        c.service(SocketRuntime.class, SocketRuntime.class);
        c.service(SocketSysctls.class, SocketSysctls.class);
        c.service(FdTable.class, FdTable.class);
        c.service(ProtoSwitchTable.class, ProtoSwitchTable.class);
        c.service(SecurityHooks.class, SecurityHooks.class);
        c.service(SocketFileOperations.class, SocketFileOperations.class);
        c.service(MessageCalls.class, MessageCalls.class);
        c.service(ConnectionCalls.class, ConnectionCalls.class);
        c.service(SocketOptions.class, SocketOptions.class);
    }
}
