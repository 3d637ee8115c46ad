package dev.netstack4j.testkit.script.linux;

import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.testkit.script.run.Sockets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// The kernel's sockets, in the network namespace of the thread that calls [#socket].
final class KernelSockets implements Sockets {
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SOCK_STREAM = 1;
    private static final int TYPE = 0xF;
    private static final String CONGESTION = "cubic";
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final long O_NONBLOCK = 0x800;
    private static final long MILLI = 1_000_000;

    KernelSockets() {}

    /// A socket of TCP gets the kernel's own default of congestion control, where the machine has another.
    @Override
    public int socket(int family, int type, int protocol) {
        int fd = (int) SystemCall.SOCKET.call(family, type | SOCK_CLOEXEC, protocol);
        if (fd >= 0 && (type & TYPE) == SOCK_STREAM) {
            KernelOptions.set(fd, SocketOption.SOL_TCP, SocketOption.TCP_CONGESTION, OptionValue.of(CONGESTION));
        }
        return fd;
    }

    @Override
    public int bind(int fd, InetSockAddress address) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) SystemCall.BIND.call(fd, SocketAddresses.of(address, arena), SocketAddresses.SIZE);
        }
    }

    @Override
    public int connect(int fd, InetSockAddress address) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) SystemCall.CONNECT.call(fd, SocketAddresses.of(address, arena), SocketAddresses.SIZE);
        }
    }

    @Override
    public int disconnect(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) SystemCall.CONNECT.call(fd, arena.allocate(SocketAddresses.SIZE, 8), SocketAddresses.SIZE);
        }
    }

    @Override
    public int listen(int fd, int backlog) {
        return (int) SystemCall.LISTEN.call(fd, backlog);
    }

    @Override
    public int accept(int fd) {
        return (int) SystemCall.ACCEPT.call(fd, MemorySegment.NULL, MemorySegment.NULL);
    }

    @Override
    public long send(int fd, byte[] bytes, int flags, @Nullable InetSockAddress to) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment m = arena.allocate(Math.max(1, bytes.length));
            MemorySegment.copy(bytes, 0, m, ValueLayout.JAVA_BYTE, 0, bytes.length);
            MemorySegment address = to == null ? MemorySegment.NULL : SocketAddresses.of(to, arena);
            return SystemCall.SENDTO.call(
                    fd, m, (long) bytes.length, flags | MSG_NOSIGNAL, address, (int) address.byteSize());
        }
    }

    @Override
    public long recv(int fd, byte[] into, int flags, Received received) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment m = arena.allocate(Math.max(1, into.length));
            MemorySegment address = arena.allocate(SocketAddresses.SIZE, 8);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, SocketAddresses.SIZE);
            long n = SystemCall.RECVFROM.call(fd, m, (long) into.length, flags, address, length);
            if (n >= 0) {
                MemorySegment.copy(m, ValueLayout.JAVA_BYTE, 0, into, 0, (int) Math.min(n, into.length));
                received.from = length.get(ValueLayout.JAVA_INT, 0) == 0 ? null : SocketAddresses.read(address);
            }
            return n;
        }
    }

    @Override
    public int shutdown(int fd, int how) {
        return (int) SystemCall.SHUTDOWN.call(fd, how);
    }

    @Override
    public int close(int fd) {
        return (int) SystemCall.CLOSE.call(fd);
    }

    @Override
    public int setsockopt(int fd, int level, int name, OptionValue value) {
        return KernelOptions.set(fd, level, name, value);
    }

    @Override
    public int getsockopt(int fd, int level, int name, OptionValue into) {
        return KernelOptions.get(fd, level, name, into);
    }

    @Override
    public @Nullable InetSockAddress name(int fd, boolean peer) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SocketAddresses.SIZE, 8);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, SocketAddresses.SIZE);
            SystemCall call = peer ? SystemCall.GETPEERNAME : SystemCall.GETSOCKNAME;
            return call.call(fd, address, length) < 0 ? null : SocketAddresses.read(address);
        }
    }

    @Override
    public int poll(int fd, int events, int[] revents, long timeoutNanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entry = arena.allocate(8, 4);
            entry.set(ValueLayout.JAVA_INT, 0, fd);
            entry.set(ValueLayout.JAVA_SHORT, 4, (short) events);
            int millis = timeoutNanos < 0 ? -1 : (int) (timeoutNanos / MILLI);
            int n = (int) SystemCall.POLL.call(entry, 1L, millis);
            revents[0] = entry.get(ValueLayout.JAVA_SHORT, 6);
            return n;
        }
    }

    @Override
    public int nonBlocking(int fd, boolean on) {
        long flags = SystemCall.FCNTL.call(fd, F_GETFL, 0L);
        return flags < 0
                ? (int) flags
                : (int) SystemCall.FCNTL.call(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
    }

    @Override
    public int ioctl(int fd, int request, OptionValue into) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            int result = (int) SystemCall.IOCTL.call(fd, (long) request, number);
            into.number(number.get(ValueLayout.JAVA_INT, 0));
            return result;
        }
    }

    @Override
    public int dup(int fd) {
        return (int) SystemCall.DUP.call(fd);
    }
}
