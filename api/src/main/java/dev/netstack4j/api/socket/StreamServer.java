package dev.netstack4j.api.socket;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.protocol.IpProtocol;

/// A listening stream socket (TCP) for applications.
public final class StreamServer implements AutoCloseable {
    private final SystemCalls calls;
    private final int fd;
    private volatile boolean closed;

    private StreamServer(SystemCalls calls, int fd) {
        this.calls = calls;
        this.fd = fd;
    }

    /// Listens on an address; port 0 takes a free one.
    ///
    /// @throws NetException EADDRINUSE and so on
    public static StreamServer listen(SystemCalls calls, InetSockAddress address, int backlog) throws NetException {
        int fd = (int) NetException.check(
                calls.socket(address.family().number(), SocketType.STREAM, IpProtocol.TCP), "make a TCP socket");
        calls.setsockopt(fd, SocketOption.SOL_SOCKET, SocketOption.SO_REUSEADDR, OptionValue.of(1));
        int result = calls.bind(fd, address);
        if (result >= 0) {
            result = calls.listen(fd, backlog);
        }
        if (result < 0) {
            calls.close(fd);
            throw new NetException(Errno.of(result), "listen on " + address);
        }
        return new StreamServer(calls, fd);
    }

    /// Waits for a connection.
    public StreamSocket accept() throws NetException {
        return new StreamSocket(calls, (int) NetException.check(calls.accept(fd), "accept"));
    }

    /// The descriptor.
    public int fd() {
        return fd;
    }

    /// The port that it listens on.
    public int port() {
        return calls.name(fd, false) instanceof InetSockAddress a ? a.port() : 0;
    }

    /// Closes it; who waits in [#accept] gets EBADF or EINVAL.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            calls.close(fd);
        }
    }
}
