package dev.netstack4j.core.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.PollEvents;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Bind, connect, listen, accept and shutdown.
final class ConnectionCalls {
    private static final int IN_PROGRESS = Errno.EINPROGRESS.negative();
    private static final int SHUT_WR = 1;
    private static final SockAddress NOBODY = () -> AddressFamily.UNSPEC;

    private final SocketRuntime runtime;
    private final SecurityHooks security;
    private final SocketSysctls sysctls;

    @Inject
    ConnectionCalls(SocketRuntime runtime, SecurityHooks security, SocketSysctls sysctls) {
        this.runtime = runtime;
        this.security = security;
        this.sysctls = sysctls;
    }

    int bind(BsdSocket s, SockAddress address) {
        int refused = security.bind(s.sock(), address);
        if (refused != 0) {
            return refused;
        }
        Cpu cpu = runtime.own(s.state());
        try {
            return s.isClosed() ? Errno.EBADF.negative() : s.ops().bind(s.sock(), address, cpu);
        } catch (RuntimeException | Error e) {
            return runtime.contain("bind", s.sock(), e);
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }

    @Linux("net/socket.c#__sys_listen")
    int listen(BsdSocket s, int backlog) {
        int most = sysctls.maxConnections.get();
        int clamped = backlog < 0 || backlog > most ? most : backlog;
        Cpu cpu = runtime.own(s.state());
        try {
            int result = s.isClosed() ? Errno.EBADF.negative() : s.ops().listen(s.sock(), clamped, cpu);
            if (result >= 0) {
                s.listening(true);
            }
            return result;
        } catch (RuntimeException | Error e) {
            return runtime.contain("listen", s.sock(), e);
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }

    int shutdown(BsdSocket s, int how) {
        if (how < 0 || how > 2) {
            return Errno.EINVAL.negative();
        }
        Cpu cpu = runtime.own(s.state());
        try {
            return s.isClosed() ? Errno.EBADF.negative() : shutdownOwned(s, how, cpu);
        } catch (RuntimeException | Error e) {
            return runtime.contain("shutdown", s.sock(), e);
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }

    private static int shutdownOwned(BsdSocket s, int how, Cpu cpu) {
        int result = s.ops().shutdown(s.sock(), how, cpu);
        s.listening(s.isListening() && (result < 0 || how == SHUT_WR));
        return result;
    }

    // ---- connect

    @Linux("net/ipv4/af_inet.c#__inet_stream_connect")
    int connect(BsdSocket s, SockAddress address, boolean nonBlocking) {
        int refused = security.connect(s.sock(), address);
        if (refused != 0) {
            return refused;
        }
        int result = connectStretch(s, address);
        boolean underWay = result == IN_PROGRESS || result == Errno.EALREADY.negative();
        return underWay && !nonBlocking ? awaitConnected(s) : result;
    }

    private int connectStretch(BsdSocket s, SockAddress address) {
        Cpu cpu = runtime.own(s.state());
        try {
            return s.isClosed() ? Errno.EBADF.negative() : connectOwned(s, address, cpu);
        } catch (RuntimeException | Error e) {
            return runtime.contain("connect", s.sock(), e);
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }

    /// Who asks again after a connect that was under way learns once that it was made.
    private static int connectOwned(BsdSocket s, SockAddress address, Cpu cpu) {
        int result = s.ops().connect(s.sock(), address, cpu);
        if (address.family().equals(AddressFamily.UNSPEC)) {
            s.connecting(s.isConnecting() && result < 0);
            s.listening(s.isListening() && result < 0);
            return result;
        }
        if (s.isConnecting() && result == Errno.EISCONN.negative()) {
            return ended(s, s.ops().poll(s.sock()), cpu);
        }
        s.connecting(result == IN_PROGRESS || result == Errno.EALREADY.negative());
        return result;
    }

    /// A connect was under way. When it has failed the socket is made usable again.
    private static int ended(BsdSocket s, int events, Cpu cpu) {
        int result = outcome(s.sock(), events);
        s.connecting(result == IN_PROGRESS);
        if (result != 0 && result != IN_PROGRESS) {
            s.ops().connect(s.sock(), NOBODY, cpu);
            s.sock().takeError();
        }
        return result;
    }

    /// Waits until a connect that is under way has ended.
    ///
    /// @return 0, EINPROGRESS when it takes longer than the send timeout, or the error
    int awaitConnected(BsdSocket s) {
        long deadline = runtime.deadline(s.sock().settings().sendTimeoutNanos);
        while (true) {
            long ticket = s.waitQueue().ticket();
            int result = connected(s);
            if (result != IN_PROGRESS) {
                return result;
            }
            int waited = SocketRuntime.await(s.waitQueue(), ticket, deadline);
            if (waited != 0) {
                return waited == Errno.EAGAIN.negative() ? IN_PROGRESS : waited;
            }
        }
    }

    private int connected(BsdSocket s) {
        Cpu cpu = runtime.own(s.state());
        try {
            return s.isClosed() ? Errno.EBADF.negative() : ended(s, s.ops().poll(s.sock()), cpu);
        } catch (RuntimeException | Error e) {
            return runtime.contain("poll", s.sock(), e);
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }

    private static int outcome(Sock sock, int events) {
        if ((events & (PollEvents.OUT | PollEvents.ERR | PollEvents.HUP)) == 0) {
            return IN_PROGRESS;
        }
        int error = sock.takeError();
        if (error != 0) {
            return -error;
        }
        // Ended without an error to tell, because somebody else took it.
        return (events & PollEvents.HUP) != 0 ? Errno.ECONNABORTED.negative() : 0;
    }

    // ---- accept

    /// What a try to accept gave: a connection or an error.
    static final class Accepted {
        int error;

        @Nullable
        Sock sock;
    }

    /// Waits for a connection.
    @Linux("net/ipv4/inet_connection_sock.c#inet_csk_accept")
    Accepted accept(BsdSocket s, boolean nonBlocking) {
        Accepted result = new Accepted();
        long deadline = runtime.deadline(s.sock().settings().receiveTimeoutNanos);
        while (true) {
            long ticket = s.waitQueue().ticket();
            result.error = acceptStretch(s, result);
            if (result.error != Errno.EAGAIN.negative() || nonBlocking) {
                return result;
            }
            result.error = SocketRuntime.await(s.waitQueue(), ticket, deadline);
            if (result.error != 0) {
                return result;
            }
        }
    }

    private int acceptStretch(BsdSocket s, Accepted into) {
        Cpu cpu = runtime.own(s.state());
        try {
            if (s.isClosed()) {
                return Errno.EBADF.negative();
            }
            if (!s.isListening()) {
                return s.isStream() ? Errno.EINVAL.negative() : Errno.EOPNOTSUPP.negative();
            }
            into.sock = s.ops().accept(s.sock(), cpu);
            return into.sock != null ? 0 : whyNone(s.sock());
        } catch (RuntimeException | Error e) {
            return runtime.contain("accept", s.sock(), e);
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }

    private static int whyNone(Sock listener) {
        int error = listener.takeError();
        if (error != 0) {
            return -error;
        }
        boolean ended = (listener.shutdown() & Sock.RCV_SHUTDOWN) != 0;
        return ended ? Errno.EINVAL.negative() : Errno.EAGAIN.negative();
    }
}
