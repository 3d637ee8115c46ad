package dev.netstack4j.api.security;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.spi.PlugPoint;
import org.jspecify.annotations.Nullable;

/// Permission checks around socket calls. All contributed hooks are asked; the first refusal counts. Process context.
@ImplementedByExtensions
@Linux("security/security.c#security_socket_sendmsg")
public interface SecurityHook {
    /// Where hooks are contributed.
    PlugPoint<SecurityHook> POINT = PlugPoint.repeatable("security-hook", SecurityHook.class);

    /// Before anything is sent.
    ///
    /// @return 0 to allow, or a negative error that the caller gets
    default int sendmsg(Sock sock, int bytes) {
        return 0;
    }

    /// Before anything is taken from the receive queue.
    ///
    /// @return 0 to allow, or a negative error that the caller gets; data stays queued
    default int recvmsg(Sock sock, int bytes) {
        return 0;
    }

    /// Before a socket is made.
    ///
    /// @return 0 to allow, or a negative error
    default int create(int family, int type, int protocol) {
        return 0;
    }

    /// Before a connection is begun.
    ///
    /// @return 0 to allow, or a negative error
    default int connect(Sock sock, @Nullable SockAddress address) {
        return 0;
    }

    /// Before an address is bound.
    ///
    /// @return 0 to allow, or a negative error
    default int bind(Sock sock, SockAddress address) {
        return 0;
    }
}
