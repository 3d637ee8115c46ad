package dev.netstack4j.bench;

import dev.netstack4j.api.socket.DatagramPort;
import dev.netstack4j.api.socket.InetSockAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// UDP and IPv4 from socket to socket: over loopback (no driver) and over the cable.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UdpBench {
    private final byte[] data = new byte[1000];
    private final BenchHosts hosts = new BenchHosts();
    private final InetSockAddress self = InetSockAddress.of("127.0.0.1", 7000);
    private final InetSockAddress peer = BenchHosts.at(2, 7000);
    private final DatagramPort local = BenchHosts.make(() -> DatagramPort.bind(hosts.a.sockets(), self));
    private final DatagramPort near =
            BenchHosts.make(() -> DatagramPort.bind(hosts.a.sockets(), BenchHosts.at(1, 7001)));
    private final DatagramPort far = BenchHosts.make(() -> DatagramPort.bind(hosts.b.sockets(), peer));

    /// One datagram of 1000 bytes to oneself.
    @Benchmark
    public int loopback() throws Exception {
        local.send(data, 0, data.length, self);
        return local.receive(data, 0, data.length);
    }

    /// One datagram of 1000 bytes to the other host.
    @Benchmark
    public int cable() throws Exception {
        near.send(data, 0, data.length, peer);
        return far.receive(data, 0, data.length);
    }

    /// Ends the hosts.
    @TearDown
    public void close() {
        hosts.close();
    }
}
