package dev.netstack4j.cli.demo;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.stack.Stack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Pings over a raw socket: ICMP echo (RFC 792), as the program of that name does.
public final class Ping implements AutoCloseable {
    private static final int ECHO_REPLY = 0;
    private static final int ECHO = 8;
    private static final int HEADER = 8;
    private static final int IDENTIFIER = 0x4E34;

    private final SystemCalls calls;
    private final Clock clock;
    private final int fd;
    private final long timeoutNanos;

    /// @param timeoutNanos how long to wait for each reply
    public Ping(Stack stack, long timeoutNanos) throws NetException {
        calls = stack.sockets();
        clock = stack.runtime().clock();
        this.timeoutNanos = timeoutNanos;
        fd = (int) NetException.check(
                calls.socket(AddressFamily.INET.number(), SocketType.RAW, IpProtocol.ICMP), "make a raw socket");
    }

    /// What came of it.
    ///
    /// @param sent       requests
    /// @param roundTrips of the replies, in nanoseconds
    public record Result(int sent, List<Long> roundTrips) {
        /// Whether so many replies came.
        public boolean answered(int wanted) {
            return roundTrips.size() >= wanted;
        }
    }

    /// Pings until `wanted` replies came, at most `tries` times.
    ///
    /// @param bytes of data
    public Result run(IpAddress to, int wanted, int tries, int bytes) throws NetException {
        List<Long> roundTrips = new ArrayList<>();
        int sent = 0;
        while (roundTrips.size() < wanted && sent < tries) {
            sent++;
            long begun = clock.nanos();
            byte[] request = request(sent, bytes);
            NetException.check(
                    calls.sendmsg(
                            fd, new Message().bytes(request, 0, request.length).to(InetSockAddress.of(to, 0))),
                    "send a ping to " + to);
            if (awaitReply(request, begun + timeoutNanos)) {
                roundTrips.add(clock.nanos() - begun);
            }
        }
        return new Result(sent, roundTrips);
    }

    private boolean awaitReply(byte[] request, long deadline) throws NetException {
        byte[] packet = new byte[65_535];
        for (long left = deadline - clock.nanos(); left > 0; left = deadline - clock.nanos()) {
            calls.setsockopt(fd, SocketOption.SOL_SOCKET, SocketOption.SO_RCVTIMEO, OptionValue.of(left));
            long n = calls.recvmsg(fd, new Message().bytes(packet, 0, packet.length));
            if (n == Errno.EAGAIN.negative()) {
                return false;
            }
            NetException.check(n, "receive a ping");
            if (isReply(packet, (int) n, request)) {
                return true;
            }
        }
        return false;
    }

    /// A raw socket receives whole packets: the IP header is still there.
    private static boolean isReply(byte[] packet, int length, byte[] request) {
        int icmp = (packet[0] & 0xF) * 4;
        return length == icmp + request.length
                && packet[icmp] == ECHO_REPLY
                && Arrays.equals(packet, icmp + 4, length, request, 4, request.length);
    }

    private static byte[] request(int sequence, int bytes) {
        byte[] m = new byte[HEADER + bytes];
        m[0] = ECHO;
        put16(m, 4, IDENTIFIER);
        put16(m, 6, sequence);
        for (int i = HEADER; i < m.length; i++) {
            m[i] = (byte) i;
        }
        put16(m, 2, checksum(m));
        return m;
    }

    private static void put16(byte[] m, int at, int value) {
        m[at] = (byte) (value >>> 8);
        m[at + 1] = (byte) value;
    }

    private static int checksum(byte[] m) {
        long sum = 0;
        for (int i = 0; i < m.length; i++) {
            sum += (m[i] & 0xFFL) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (int) ~sum & 0xFFFF;
    }

    @Override
    public void close() {
        calls.close(fd);
    }
}
