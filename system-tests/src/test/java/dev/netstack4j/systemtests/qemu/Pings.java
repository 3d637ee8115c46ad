package dev.netstack4j.systemtests.qemu;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.buffer.Checksum;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.Message;
import dev.netstack4j.api.socket.OptionValue;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.SystemCalls;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.systemtests.walk.Pair;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// ICMP echo over a raw socket.
final class Pings {
    private static final int ECHO = 8;
    private static final int HEADER = 8;

    private Pings() {}

    /// Pings until one was answered.
    ///
    /// @return how many were sent, or -1 when none of `most` was answered within a second
    static int untilAnswered(Stack from, int host, int bytes, int most) throws NetException {
        SystemCalls calls = from.sockets();
        int fd = (int) NetException.check(
                calls.socket(AddressFamily.INET.number(), SocketType.RAW, IpProtocol.ICMP), "make a raw socket");
        try {
            calls.setsockopt(fd, SocketOption.SOL_SOCKET, SocketOption.SO_RCVTIMEO, OptionValue.of(Pair.SECOND));
            for (int n = 1; n <= most; n++) {
                if (isAnswered(calls, fd, request(n, bytes), host)) {
                    return n;
                }
            }
            return -1;
        } finally {
            calls.close(fd);
        }
    }

    private static boolean isAnswered(SystemCalls calls, int fd, byte[] request, int host) throws NetException {
        Message m = new Message().bytes(request, 0, request.length).to(InetSockAddress.of("10.0.0." + host, 0));
        NetException.check(calls.sendmsg(fd, m), "send a ping");
        byte[] packet = new byte[1 << 16];
        while (true) {
            long n = calls.recvmsg(fd, new Message().bytes(packet, 0, packet.length));
            if (n < 0) {
                return false;
            }
            int at = (packet[0] & 15) * 4;
            if (packet[at] == 0 && Arrays.equals(packet, at + 4, (int) n, request, 4, request.length)) {
                return true;
            }
        }
    }

    private static byte[] request(int sequence, int bytes) {
        byte[] m = new byte[HEADER + bytes];
        m[0] = ECHO;
        m[7] = (byte) sequence;
        for (int i = HEADER; i < m.length; i++) {
            m[i] = (byte) i;
        }
        int sum = ~Checksum.sum(MemorySegment.ofArray(m), 0, m.length);
        m[2] = (byte) (sum >>> 8);
        m[3] = (byte) sum;
        return m;
    }
}
