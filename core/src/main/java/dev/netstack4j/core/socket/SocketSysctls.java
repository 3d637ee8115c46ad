package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.settings.Sysctl;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.core.runtime.HostRuntime;
import jakarta.inject.Inject;

/// Settings of all sockets of a stack.
@Linux("net/core/sysctl_net_core.c#net_core_table")
final class SocketSysctls {
    private static final int MOST = Integer.MAX_VALUE / 2;
    private static final int BUSY_MICROS = 100;
    private static final int MOST_BUSY_MICROS = 1_000_000;

    final Sysctl receiveDefault;
    final Sysctl receiveMax;
    final Sysctl sendDefault;
    final Sysctl sendMax;
    final Sysctl maxConnections;
    final Sysctl maxFiles;

    @Inject
    SocketSysctls(Sysctls s, HostRuntime host) {
        receiveDefault = s.declare(
                "net.core.rmem_default",
                212_992,
                SocketOptions.LEAST_RECEIVE,
                MOST,
                "Receive buffer of new sockets, bytes");
        receiveMax = s.declare(
                "net.core.rmem_max",
                212_992,
                SocketOptions.LEAST_RECEIVE,
                MOST,
                "Most that SO_RCVBUF may ask for, bytes");
        sendDefault = s.declare(
                "net.core.wmem_default", 212_992, SocketOptions.LEAST_SEND, MOST, "Send buffer of new sockets, bytes");
        sendMax = s.declare(
                "net.core.wmem_max", 212_992, SocketOptions.LEAST_SEND, MOST, "Most that SO_SNDBUF may ask for, bytes");
        maxConnections = s.declare("net.core.somaxconn", 4096, 0, MOST, "Most connections that may wait for accept");
        Sysctl busyRead = s.declare(
                "net.core.busy_read",
                BUSY_MICROS,
                0,
                MOST_BUSY_MICROS,
                "Longest time that a call that waits looks for packets before it sleeps, microseconds");
        host.busyRead(busyRead::get);
        maxFiles = s.declare("fs.nr_open", 1 << 20, 1, 1 << 26, "Most open descriptors");
    }
}
