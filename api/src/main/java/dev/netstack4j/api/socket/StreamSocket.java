package dev.netstack4j.api.socket;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.protocol.IpProtocol;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// A connected byte stream (TCP) for applications: blocking reads and writes. One reader and one writer at a time.
public final class StreamSocket implements AutoCloseable {
    private final SystemCalls calls;
    private final int fd;
    private final Message reading = new Message();
    private final Message writing = new Message();
    private volatile boolean closed;

    /// Over a connected descriptor, which it closes.
    public StreamSocket(SystemCalls calls, int fd) {
        this.calls = calls;
        this.fd = fd;
    }

    /// Connects to an address.
    ///
    /// @throws NetException ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH and so on
    public static StreamSocket connect(SystemCalls calls, InetSockAddress address) throws NetException {
        return connect(calls, null, address);
    }

    /// Connects from a local address to an address.
    public static StreamSocket connect(SystemCalls calls, @Nullable IpAddress from, InetSockAddress address)
            throws NetException {
        int fd = (int) NetException.check(
                calls.socket(address.family().number(), SocketType.STREAM, IpProtocol.TCP), "make a TCP socket");
        int result = from == null ? 0 : calls.bind(fd, InetSockAddress.of(from, 0));
        if (result >= 0) {
            result = calls.connect(fd, address);
        }
        if (result < 0) {
            calls.close(fd);
            throw new NetException(Errno.of(result), "connect to " + address);
        }
        return new StreamSocket(calls, fd);
    }

    /// The descriptor.
    public int fd() {
        return fd;
    }

    /// Reads up to `length` bytes, waiting for at least one.
    ///
    /// @return bytes read, or -1 at the end of the stream
    public int read(byte[] bytes, int offset, int length) throws NetException {
        long n = NetException.check(calls.recvmsg(fd, reading.bytes(bytes, offset, length)), "read");
        return n == 0 && length > 0 ? -1 : (int) n;
    }

    /// Writes all bytes, waiting for room.
    public void write(byte[] bytes, int offset, int length) throws NetException {
        int done = 0;
        while (done < length) {
            done += (int)
                    NetException.check(calls.sendmsg(fd, writing.bytes(bytes, offset + done, length - done)), "write");
        }
    }

    /// Sends no more; the peer reads the end of the stream.
    public void shutdownOutput() throws NetException {
        NetException.check(calls.shutdown(fd, 1), "shut down");
    }

    /// Sets an option of [SocketOption] to a number.
    public void option(int level, int name, long value) throws NetException {
        NetException.check(
                calls.setsockopt(fd, level, name, OptionValue.of(value)), "set socket option " + level + "/" + name);
    }

    /// The peer's address.
    public @Nullable InetSockAddress remote() {
        return calls.name(fd, true) instanceof InetSockAddress a ? a : null;
    }

    /// The own address.
    public @Nullable InetSockAddress local() {
        return calls.name(fd, false) instanceof InetSockAddress a ? a : null;
    }

    /// The incoming bytes as a stream.
    public InputStream input() {
        return new InputStream() {
            private final byte[] one = new byte[1];

            @Override
            public int read() throws NetException {
                return StreamSocket.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] b, int off, int len) throws NetException {
                return StreamSocket.this.read(b, off, len);
            }
        };
    }

    /// The outgoing bytes as a stream, unbuffered.
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws NetException {
                StreamSocket.this.write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] b, int off, int len) throws NetException {
                StreamSocket.this.write(b, off, len);
            }
        };
    }

    /// Closes it; a second call does nothing.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            calls.close(fd);
        }
    }
}
