package dev.netstack4j.testkit.script.run;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SystemCalls;
import org.jspecify.annotations.Nullable;

/// The sockets of a stack.
final class StackSockets implements Sockets {
    private final SystemCalls calls;

    StackSockets(SystemCalls calls) {
        this.calls = calls;
    }

    @Override
    public int socket(int family, int type, int protocol) {
        return calls.socket(family, type, protocol);
    }

    @Override
    public int bind(int fd, InetSockAddress address) {
        return calls.bind(fd, address);
    }

    @Override
    public int connect(int fd, InetSockAddress address) {
        return calls.connect(fd, address);
    }

    @Override
    public int disconnect(int fd) {
        return calls.connect(fd, () -> AddressFamily.UNSPEC);
    }

    @Override
    public int listen(int fd, int backlog) {
        return calls.listen(fd, backlog);
    }

    @Override
    public int accept(int fd) {
        return calls.accept(fd);
    }

    @Override
    public long send(int fd, byte[] bytes, int flags, @Nullable InetSockAddress to) {
        return calls.sendmsg(
                fd, new Message().bytes(bytes, 0, bytes.length).flags(flags).to(to));
    }

    @Override
    public long recv(int fd, byte[] into, int flags, Received received) {
        Message m = new Message().bytes(into, 0, into.length).flags(flags);
        long n = calls.recvmsg(fd, m);
        received.from = m.source();
        return n;
    }

    @Override
    public int shutdown(int fd, int how) {
        return calls.shutdown(fd, how);
    }

    @Override
    public int close(int fd) {
        return calls.close(fd);
    }

    @Override
    public int setsockopt(int fd, int level, int name, OptionValue value) {
        return calls.setsockopt(fd, level, name, value);
    }

    @Override
    public int getsockopt(int fd, int level, int name, OptionValue into) {
        return calls.getsockopt(fd, level, name, into);
    }

    @Override
    public @Nullable InetSockAddress name(int fd, boolean peer) {
        return (InetSockAddress) calls.name(fd, peer);
    }

    @Override
    public int poll(int fd, int events, int[] revents, long timeoutNanos) {
        return calls.poll(new int[] {fd}, new int[] {events}, revents, timeoutNanos);
    }

    @Override
    public int nonBlocking(int fd, boolean on) {
        return calls.nonBlocking(fd, on);
    }

    @Override
    public int ioctl(int fd, int request, OptionValue into) {
        return calls.ioctl(fd, request, into);
    }

    @Override
    public int dup(int fd) {
        return calls.dup(fd);
    }
}
