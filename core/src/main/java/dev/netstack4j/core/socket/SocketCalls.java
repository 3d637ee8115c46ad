package dev.netstack4j.core.socket;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.socket.EventPoll;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.ProtoOps;
import dev.netstack4j.api.socket.Sock;
import dev.netstack4j.api.socket.SockAddress;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.SystemCalls;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// The entry of all socket calls: descriptor to file to socket to sock, argument checks in Linux's order, then the part
/// that does the work. Descriptors begin at 0, because a stack has no standard streams.
@Linux("net/socket.c#__sys_socket")
public final class SocketCalls implements SystemCalls {
    private static final int BAD = Errno.EBADF.negative();
    private static final int MOST_TYPE = 10;
    private static final int MOST_PROTOCOL = 262;
    private static final int CLOEXEC = 0x80000;

    private final SocketRuntime runtime;
    private final FdTable table;
    private final ProtoSwitchTable protocols;
    private final SockMaker maker;
    private final SecurityHooks security;
    private final SocketFileOperations files;
    private final MessageCalls messages;
    private final ConnectionCalls connections;
    private final SocketOptions options;
    private final EventNesting nesting;
    private final PollCalls polls;

    @Inject
    SocketCalls(
            SocketRuntime runtime,
            FdTable table,
            ProtoSwitchTable protocols,
            SockMaker maker,
            SecurityHooks security,
            SocketFileOperations files,
            MessageCalls messages,
            ConnectionCalls connections,
            SocketOptions options) {
        this.runtime = runtime;
        this.table = table;
        this.protocols = protocols;
        this.maker = maker;
        this.security = security;
        this.files = files;
        this.messages = messages;
        this.connections = connections;
        this.options = options;
        this.nesting = new EventNesting(runtime.sync());
        this.polls = new PollCalls(table, runtime);
    }

    // ---- making and ending

    @Override
    public int socket(int family, int type, int protocol) {
        int flags = type & ~SocketType.MASK;
        int plain = type & SocketType.MASK;
        if ((flags & ~(SocketType.NONBLOCK | CLOEXEC)) != 0) {
            return Errno.EINVAL.negative();
        }
        if (family < 0) {
            return Errno.EAFNOSUPPORT.negative();
        }
        if (plain > MOST_TYPE) {
            return Errno.EINVAL.negative();
        }
        int refused = security.create(family, plain, protocol);
        return refused != 0 ? refused : make(AddressFamily.of(family), plain, protocol, flags);
    }

    @Linux("net/ipv4/af_inet.c#inet_create")
    private int make(AddressFamily family, int type, int protocol, int flags) {
        boolean inet = family.equals(AddressFamily.INET) || family.equals(AddressFamily.INET6);
        if (inet && (protocol < 0 || protocol > MOST_PROTOCOL)) {
            return Errno.EINVAL.negative();
        }
        ProtoSwitchTable.Match match = protocols.find(family, type, protocol);
        ProtoOps ops = match.ops();
        if (ops == null) {
            return match.error();
        }
        int fd = table.reserve();
        if (fd >= 0 && !create(fd, family, type, match.protocol(), ops, (flags & SocketType.NONBLOCK) != 0)) {
            table.unreserve(fd);
            return Errno.EIO.negative();
        }
        return fd;
    }

    private boolean create(int fd, AddressFamily family, int type, int protocol, ProtoOps ops, boolean nonBlocking) {
        try {
            Sock sock = ops.create(maker.internal(family, type, protocol));
            install(fd, sock, ops).nonBlocking(nonBlocking);
            return true;
        } catch (RuntimeException | Error e) {
            runtime.containCreate(ops, e);
            return false;
        }
    }

    private OpenFile install(int fd, Sock sock, ProtoOps ops) {
        OpenFile file =
                new OpenFile(files, new BsdSocket(sock, ops), runtime.sync().bits("file.messages"));
        table.install(fd, file);
        return file;
    }

    @Override
    @Linux("fs/open.c#close")
    public int close(int fd) {
        OpenFile file = table.get(fd);
        if (file == null) {
            return BAD;
        }
        return switch (table.remove(fd, file)) {
            case NONE -> BAD;
            case SHARED -> 0;
            case LAST -> {
                file.operations().release(file);
                yield 0;
            }
        };
    }

    /// Closes every descriptor, ascending: the stack ends.
    public void closeAll() {
        runtime.ending();
        for (int fd : table.open()) {
            close(fd);
        }
    }

    @Override
    public int dup(int fd) {
        OpenFile file = table.get(fd);
        if (file == null) {
            return BAD;
        }
        int second = table.reserve();
        if (second >= 0) {
            table.install(second, file);
        }
        return second;
    }

    // ---- connections

    @Override
    public int bind(int fd, SockAddress address) {
        OpenFile file = table.socket(fd);
        return file == null ? table.refusal(fd) : connections.bind(file.socket(), address);
    }

    @Override
    public int connect(int fd, SockAddress address) {
        OpenFile file = table.socket(fd);
        return file == null ? table.refusal(fd) : connections.connect(file.socket(), address, file.isNonBlocking());
    }

    @Override
    public int listen(int fd, int backlog) {
        OpenFile file = table.socket(fd);
        return file == null ? table.refusal(fd) : connections.listen(file.socket(), backlog);
    }

    @Override
    @Linux("net/socket.c#__sys_accept4")
    public int accept(int fd) {
        OpenFile file = table.socket(fd);
        if (file == null) {
            return table.refusal(fd);
        }
        int child = table.reserve(); // before a connection is taken, so that none is lost for want of a descriptor
        if (child < 0) {
            return child;
        }
        ConnectionCalls.Accepted accepted = connections.accept(file.socket(), file.isNonBlocking());
        Sock sock = accepted.sock;
        if (sock == null) {
            table.unreserve(child);
            return accepted.error;
        }
        return installChild(child, sock, file.socket().ops());
    }

    private int installChild(int fd, Sock sock, ProtoOps ops) {
        try {
            install(fd, sock, ops);
            return fd;
        } catch (IllegalStateException e) {
            table.unreserve(fd);
            return runtime.contain("accept", sock, e);
        }
    }

    @Override
    public int shutdown(int fd, int how) {
        OpenFile file = table.socket(fd);
        return file == null ? table.refusal(fd) : connections.shutdown(file.socket(), how);
    }

    @Override
    public @Nullable SockAddress name(int fd, boolean peer) {
        OpenFile file = table.socket(fd);
        if (file == null) {
            return null;
        }
        BsdSocket s = file.socket();
        Cpu cpu = runtime.own(s.state());
        try {
            return s.isClosed() ? null : s.ops().name(s.sock(), peer);
        } catch (RuntimeException | Error e) {
            runtime.contain("name", s.sock(), e);
            return null;
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }

    // ---- data

    @Override
    public long sendmsg(int fd, Message message) {
        OpenFile file = table.socket(fd);
        return file == null ? table.refusal(fd) : messages.sendmsg(file, message);
    }

    @Override
    public long recvmsg(int fd, Message message) {
        OpenFile file = table.socket(fd);
        return file == null ? table.refusal(fd) : messages.recvmsg(file, message);
    }

    @Override
    public long write(int fd, byte[] bytes, int offset, int length) {
        OpenFile file = table.get(fd);
        return file == null ? BAD : file.operations().write(file, bytes, offset, length);
    }

    @Override
    public long read(int fd, byte[] bytes, int offset, int length) {
        OpenFile file = table.get(fd);
        return file == null ? BAD : file.operations().read(file, bytes, offset, length);
    }

    @Override
    public int poll(int[] fds, int[] events, int[] revents, long timeoutNanos) {
        if (events.length < fds.length || revents.length < fds.length) {
            return Errno.EFAULT.negative();
        }
        return polls.poll(fds, events, revents, timeoutNanos);
    }

    @Override
    public EventPoll eventPoll() {
        return new EventSet(table, runtime, nesting);
    }

    // ---- options

    @Override
    public int setsockopt(int fd, int level, int name, OptionValue value) {
        OpenFile file = table.socket(fd);
        if (file == null) {
            return table.refusal(fd);
        }
        BsdSocket s = file.socket();
        Cpu cpu = runtime.own(s.state());
        try {
            return s.isClosed() ? BAD : options.set(s, level, name, value, cpu);
        } catch (RuntimeException | Error e) {
            return runtime.contain("setsockopt", s.sock(), e);
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }

    @Override
    public int getsockopt(int fd, int level, int name, OptionValue into) {
        OpenFile file = table.socket(fd);
        if (file == null) {
            return table.refusal(fd);
        }
        BsdSocket s = file.socket();
        Cpu cpu = runtime.own(s.state());
        try {
            return s.isClosed() ? BAD : options.get(s, level, name, into, cpu);
        } catch (RuntimeException | Error e) {
            return runtime.contain("getsockopt", s.sock(), e);
        } finally {
            runtime.disown(s.state(), cpu);
        }
    }

    @Override
    public int nonBlocking(int fd, boolean value) {
        OpenFile file = table.get(fd);
        if (file == null) {
            return BAD;
        }
        file.nonBlocking(value);
        return 0;
    }

    @Override
    public int ioctl(int fd, int request, OptionValue value) {
        OpenFile file = table.get(fd);
        return file == null ? BAD : file.operations().ioctl(file, request, value);
    }
}
