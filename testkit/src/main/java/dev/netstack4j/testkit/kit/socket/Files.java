package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.StackRuntime.AppThread;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.MessageFlags;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SystemCalls;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Sockets as applications have them, by descriptor.
final class Files {
    private static final long SECOND = 1000 * SocketHost.MILLISECOND;

    final SocketHost host;
    final SystemCalls calls;

    Files(SocketHost host) {
        this.host = host;
        this.calls = host.stack.sockets();
    }

    /// Two sockets of which one sends to the other.
    ///
    /// @param to destination of messages; null when the sender is connected
    record Two(int sender, int receiver, @Nullable SockAddress to) {}

    int open() {
        int fd = calls.socket(host.subject.family().number(), host.subject.type(), host.subject.protocol());
        host.trial.check(fd >= 0, "socket returned " + fd);
        return fd;
    }

    private void bindIfItCan(int fd) {
        if (host.can(SocketAbility.BIND)) {
            host.trial.checkEqual(0, calls.bind(fd, host.subject.address(0)), "bind to a free address");
        }
    }

    int listener() {
        int fd = open();
        bindIfItCan(fd);
        host.trial.checkEqual(0, calls.listen(fd, 8), "listen");
        return fd;
    }

    /// A socket that begins to connect to `address(0)`, and does not wait for it.
    int connecting() {
        int fd = open();
        calls.nonBlocking(fd, true);
        int n = calls.connect(fd, host.subject.address(0));
        host.trial.check(n == 0 || n == Errno.EINPROGRESS.negative(), "connect to a socket returned " + n);
        calls.nonBlocking(fd, false);
        return fd;
    }

    Two two() {
        if (host.can(SocketAbility.LISTEN)) {
            int listener = listener();
            int client = connecting();
            host.rest();
            calls.nonBlocking(listener, true);
            int server = calls.accept(listener);
            host.trial.check(server >= 0, "accept after a client connected returned " + server);
            return new Two(client, server, null);
        }
        int receiver = open();
        bindIfItCan(receiver);
        if (host.can(SocketAbility.ECHO)) {
            host.trial.checkEqual(0, calls.connect(receiver, host.subject.address(0)), "connect");
            return new Two(receiver, receiver, null);
        }
        if (!host.can(SocketAbility.CONNECT)) {
            return new Two(open(), receiver, host.subject.address(0));
        }
        return new Two(connecting(), receiver, null);
    }

    /// Sends a message without waiting.
    long send(int fd, @Nullable SockAddress to) {
        return send(fd, to, MessageFlags.DONTWAIT);
    }

    long send(int fd, @Nullable SockAddress to, int flags) {
        byte[] m = host.message(host.subject.mostBytes());
        return calls.sendmsg(
                fd, new Message().bytes(m, 0, m.length).flags(flags).to(to));
    }

    long receive(int fd, int flags) {
        return calls.recvmsg(
                fd, new Message().bytes(new byte[70_000], 0, 70_000).flags(flags));
    }

    /// A call that waits in an application.
    final class Waiting {
        private final AppThread thread;
        private final String what;
        private long result = Long.MIN_VALUE;

        Waiting(String what, LongSupplier call) {
            this.what = what;
            thread = host.runtime.start(what, () -> result = call.getAsLong());
            host.rest();
        }

        /// It must wait still.
        void checkItWaits() {
            host.trial.check(!thread.isDone(), what + " did not wait, but returned " + result);
        }

        /// It must have ended within a second.
        long checkItEnds(String because) {
            return checkItEnds(because, SECOND);
        }

        long checkItEnds(String because, long nanos) {
            host.runtime.advance(nanos);
            host.trial.check(thread.isDone(), what + " waits still, though " + because);
            host.trial.event("%s: %s", what, result);
            return result;
        }
    }
}
