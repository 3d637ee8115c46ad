package dev.netstack4j.bench.scale;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.socket.SystemCalls;

/// Socket calls that must succeed.
final class Calls {
    private Calls() {}

    static int listen(SystemCalls calls, int type, InetSockAddress at, int backlog) {
        int fd = socket(calls, type);
        good("bind", calls.bind(fd, at));
        good("listen", calls.listen(fd, backlog));
        return fd;
    }

    static int socket(SystemCalls calls, int type) {
        return good("socket", calls.socket(AddressFamily.INET.number(), type, 0));
    }

    static int connect(SystemCalls calls, InetSockAddress to) {
        int fd = socket(calls, SocketType.STREAM);
        good("connect", calls.connect(fd, to));
        return fd;
    }

    static int good(String what, long result) {
        if (result < 0) {
            throw new IllegalStateException(what + ": " + Errno.of(result));
        }
        return (int) result;
    }
}
