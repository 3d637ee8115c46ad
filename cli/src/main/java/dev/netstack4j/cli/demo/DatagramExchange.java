package dev.netstack4j.cli.demo;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import dev.netstack4j.api.socket.SocketOption;
import dev.netstack4j.cli.services.DatagramService;
import dev.netstack4j.cli.services.Echo;
import dev.netstack4j.cli.services.Threads;
import java.util.Arrays;

/// Host A sends datagrams of many lengths to the echo service of host B and compares what comes back. One that is lost
/// is sent again.
final class DatagramExchange {
    private static final int LONGEST = 3000; // two fragments and a bit
    private static final int TRIES = 50;

    private final TwoHosts hosts;
    private final Clock clock;
    private final long timeoutNanos;

    DatagramExchange(TwoHosts hosts, long timeoutNanos) {
        this.hosts = hosts;
        this.clock = hosts.runtime().clock();
        this.timeoutNanos = timeoutNanos;
    }

    /// What came of it.
    ///
    /// @param wanted datagrams to be echoed
    /// @param sent   datagrams sent for that
    /// @param echoed datagrams that came back as they were
    record Result(int wanted, int sent, int echoed) {
        boolean complete() {
            return echoed == wanted;
        }
    }

    Result run(int count) throws NetException {
        InetSockAddress at = InetSockAddress.of(TwoHosts.ADDRESS_B, Echo.PORT);
        StackRuntime runtime = hosts.runtime();
        DatagramService echo = DatagramService.start(
                "echo", hosts.b().stack().sockets(), at, runtime, Threads.of(runtime), new Echo());
        try (echo;
                DatagramPort port =
                        DatagramPort.bind(hosts.a().stack().sockets(), InetSockAddress.of(TwoHosts.ADDRESS_A, 0))) {
            return exchange(port, at, count);
        }
    }

    private Result exchange(DatagramPort port, InetSockAddress to, int count) throws NetException {
        byte[] got = new byte[LONGEST + 1];
        int sent = 0;
        int echoed = 0;
        for (int i = 0; i < count; i++) {
            byte[] datagram = Pattern.bytes(1 + i * (LONGEST - 1) / Math.max(1, count - 1), i);
            for (int t = 0; t < TRIES; t++) {
                port.send(datagram, 0, datagram.length, to);
                sent++;
                if (comesBack(port, datagram, got)) {
                    echoed++;
                    break;
                }
            }
        }
        return new Result(count, sent, echoed);
    }

    private boolean comesBack(DatagramPort port, byte[] datagram, byte[] got) throws NetException {
        long deadline = clock.nanos() + timeoutNanos;
        for (long left = timeoutNanos; left > 0; left = deadline - clock.nanos()) {
            port.option(SocketOption.SOL_SOCKET, SocketOption.SO_RCVTIMEO, left);
            try {
                int n = port.receive(got, 0, got.length);
                if (Arrays.equals(got, 0, n, datagram, 0, datagram.length)) {
                    return true;
                }
            } catch (NetException e) {
                if (e.errno() != Errno.EAGAIN) {
                    throw e;
                }
                return false;
            }
        }
        return false;
    }
}
