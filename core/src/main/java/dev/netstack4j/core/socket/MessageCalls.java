package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.SockAddress;
import jakarta.inject.Inject;

/// The one way in which bytes enter and leave sockets. A call is a row of stretches on a CPU, each of at most
/// [#STRETCH] bytes; between them it holds nothing and may wait.
final class MessageCalls {
    /// Bytes that one stretch moves at most.
    static final int STRETCH = 64 * 1024;

    private static final int AGAIN = Errno.EAGAIN.negative();
    private static final int IN_PROGRESS = Errno.EINPROGRESS.negative();
    private static final long UNKNOWN = -1;

    private final SocketRuntime runtime;
    private final SecurityHooks security;
    private final ConnectionCalls connections;

    @Inject
    MessageCalls(SocketRuntime runtime, SecurityHooks security, ConnectionCalls connections) {
        this.runtime = runtime;
        this.security = security;
        this.connections = connections;
    }

    // ---- sending

    @Linux("net/socket.c#__sock_sendmsg")
    long sendmsg(OpenFile file, Message m) {
        BsdSocket s = file.socket();
        int refused = security.sendmsg(s.sock(), m.remaining());
        if (refused == 0 && m.has(MessageFlags.FASTOPEN)) {
            refused = connecting(s, m);
        }
        return refused != 0 ? refused : send(s, m, file.isNonBlocking() || m.has(MessageFlags.DONTWAIT));
    }

    private int connecting(BsdSocket s, Message m) {
        SockAddress to = m.destination();
        return to == null ? 0 : security.connect(s.sock(), to);
    }

    private long send(BsdSocket s, Message m, boolean nonBlocking) {
        long total = 0;
        long deadline = UNKNOWN;
        while (true) {
            long ticket = s.waitQueue().ticket();
            int n = sendStretch(s, m, total > 0);
            if (n >= 0) {
                total += n;
                if (!s.isStream() || n == 0 || m.remaining() == 0) {
                    return total;
                }
                continue;
            }
            if (n == IN_PROGRESS && total == 0) {
                total = m.done();
                int opened = nonBlocking ? n : connections.awaitConnected(s);
                if (opened != 0) {
                    return opened == n && total > 0 ? total : opened;
                }
                if (total > 0 && m.remaining() == 0) {
                    return total;
                }
                m.flags(m.flags() & ~MessageFlags.FASTOPEN);
                continue;
            }
            if (n != AGAIN || nonBlocking) {
                return total > 0 ? total : n;
            }
            deadline = deadline == UNKNOWN ? runtime.deadline(s.sock().settings().sendTimeoutNanos) : deadline;
            int waited = SocketRuntime.await(s.waitQueue(), ticket, deadline);
            if (waited != 0) {
                return total > 0 ? total : waited;
            }
        }
    }

    private int sendStretch(BsdSocket s, Message m, boolean continued) {
        Cpu cpu = runtime.own(s.state());
        try {
            runtime.recordFlow(s.state(), cpu);
            int error = before(s, continued);
            int n = error != 0 ? error : s.ops().sendmsg(s.sock(), m, STRETCH, cpu);
            return m.has(MessageFlags.FASTOPEN) || n == IN_PROGRESS ? opening(s, m, n, cpu) : n;
        } catch (RuntimeException | Error e) {
            return runtime.contain("sendmsg", s.sock(), e);
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }

    /// A message that connects, or that `connect` has waited for. Who asks again after the connection was made learns
    /// nothing of it, once.
    @Linux("net/ipv4/tcp.c#tcp_sendmsg_fastopen")
    private static int opening(BsdSocket s, Message m, int n, Cpu cpu) {
        boolean made = n == Errno.EISCONN.negative() && s.isConnecting();
        s.connecting(n == IN_PROGRESS || s.isConnecting() && !made);
        if (!made) {
            return n;
        }
        m.flags(m.flags() & ~MessageFlags.FASTOPEN);
        return s.ops().sendmsg(s.sock(), m, STRETCH, cpu);
    }

    // An error that comes between stretches belongs to the next call: this one tells what it moved.
    private static int before(BsdSocket s, boolean continued) {
        if (s.isClosed()) {
            return Errno.EBADF.negative();
        }
        return continued ? -s.sock().error() : 0;
    }

    // ---- receiving

    @Linux("net/socket.c#sock_recvmsg")
    long recvmsg(OpenFile file, Message m) {
        BsdSocket s = file.socket();
        int refused = security.recvmsg(s.sock(), m.remaining());
        boolean nonBlocking = file.isNonBlocking() || m.has(MessageFlags.DONTWAIT | MessageFlags.ERRQUEUE);
        return refused != 0 ? refused : receive(s, m, nonBlocking);
    }

    private long receive(BsdSocket s, Message m, boolean nonBlocking) {
        boolean once = !s.isStream() || m.has(MessageFlags.PEEK | MessageFlags.OOB);
        long target = target(s, m);
        long total = 0;
        long deadline = UNKNOWN;
        while (true) {
            long ticket = s.waitQueue().ticket();
            int n = receiveStretch(s, m, total > 0);
            if (n >= 0) {
                total += n;
                if (once || n == 0 || m.remaining() == 0 || n < STRETCH && total >= target) {
                    return total;
                }
                continue;
            }
            if (n != AGAIN || nonBlocking || total >= target) {
                return total > 0 ? total : n;
            }
            deadline = deadline == UNKNOWN ? runtime.deadline(s.sock().settings().receiveTimeoutNanos) : deadline;
            int waited = SocketRuntime.await(s.waitQueue(), ticket, deadline);
            if (waited != 0) {
                return total > 0 ? total : waited;
            }
        }
    }

    @Linux("include/net/sock.h#sock_rcvlowat")
    private static long target(BsdSocket s, Message m) {
        long wanted = m.has(MessageFlags.WAITALL)
                ? m.remaining()
                : Math.min(m.remaining(), s.sock().settings().receiveLowWater);
        return Math.max(1, wanted);
    }

    private int receiveStretch(BsdSocket s, Message m, boolean continued) {
        Cpu cpu = runtime.own(s.state());
        try {
            runtime.recordFlow(s.state(), cpu);
            int error = before(s, continued);
            return error != 0 ? error : s.ops().recvmsg(s.sock(), m, STRETCH, cpu);
        } catch (RuntimeException | Error e) {
            return runtime.contain("recvmsg", s.sock(), e);
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }
}
