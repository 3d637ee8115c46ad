package dev.netstack4j.api.socket;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.protocol.IpProtocol;
import org.jspecify.annotations.Nullable;

/// A datagram socket (UDP) for applications. One reader and one writer at a time.
public final class DatagramPort implements AutoCloseable {
    private final SystemCalls calls;
    private final int fd;
    private final Message reading = new Message();
    private final Message writing = new Message();
    private volatile boolean closed;

    private DatagramPort(SystemCalls calls, int fd) {
        this.calls = calls;
        this.fd = fd;
    }

    /// Bound to an address; port 0 takes a free one.
    ///
    /// @throws NetException EADDRINUSE and so on
    public static DatagramPort bind(SystemCalls calls, InetSockAddress address) throws NetException {
        int fd = (int) NetException.check(
                calls.socket(address.family().number(), SocketType.DGRAM, IpProtocol.UDP), "make a UDP socket");
        int result = calls.bind(fd, address);
        if (result < 0) {
            calls.close(fd);
            throw new NetException(Errno.of(result), "bind to " + address);
        }
        return new DatagramPort(calls, fd);
    }

    /// The descriptor.
    public int fd() {
        return fd;
    }

    /// The bound address.
    public @Nullable InetSockAddress local() {
        return calls.name(fd, false) instanceof InetSockAddress a ? a : null;
    }

    /// Fixes the peer: only its datagrams are received, errors are reported.
    public void connect(InetSockAddress peer) throws NetException {
        NetException.check(calls.connect(fd, peer), "connect to " + peer);
    }

    /// Sends one datagram; without an address to the connected peer.
    public void send(byte[] bytes, int offset, int length, @Nullable InetSockAddress to) throws NetException {
        long sent = calls.sendmsg(fd, writing.bytes(bytes, offset, length).to(to));
        if (sent < 0) {
            throw new NetException(Errno.of(sent), "send to " + to); // the text is made for a failure only
        }
    }

    /// Waits for one datagram.
    ///
    /// @return its length, cut to `length`
    public int receive(byte[] bytes, int offset, int length) throws NetException {
        return (int) NetException.check(calls.recvmsg(fd, reading.bytes(bytes, offset, length)), "receive");
    }

    /// Where the datagram last received came from.
    public @Nullable InetSockAddress source() {
        return reading.source();
    }

    /// Sets an option of [SocketOption] to a number.
    public void option(int level, int name, long value) throws NetException {
        NetException.check(
                calls.setsockopt(fd, level, name, OptionValue.of(value)), "set socket option " + level + "/" + name);
    }

    /// The pending error, taken; null for none.
    public @Nullable Errno takeError() {
        OptionValue v = new OptionValue();
        calls.getsockopt(fd, SocketOption.SOL_SOCKET, SocketOption.SO_ERROR, v);
        return v.number() == 0 ? null : Errno.of(v.number());
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
