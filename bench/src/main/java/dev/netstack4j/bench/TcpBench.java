package dev.netstack4j.bench;

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

/// TCP from socket to socket, 64 KiB a call: over loopback and over the cable at MTU 1500.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TcpBench {
    private static final int BYTES = 65536;

    private final byte[] data = new byte[BYTES];
    private final BenchHosts hosts = new BenchHosts();
    private final BenchHosts.Connection loopback =
            BenchHosts.make(() -> hosts.connect(hosts.a, hosts.a, InetSockAddress.of("127.0.0.1", 80)));
    private final BenchHosts.Connection cable =
            BenchHosts.make(() -> hosts.connect(hosts.a, hosts.b, BenchHosts.at(2, 80)));

    /// 64 KiB to oneself.
    @Benchmark
    public int loopback64k() throws Exception {
        return move(loopback);
    }

    /// 64 KiB to the other host: some 46 frames and their acknowledgements through both chips.
    @Benchmark
    public int cable64k() throws Exception {
        return move(cable);
    }

    private int move(BenchHosts.Connection c) throws Exception {
        c.client().write(data, 0, BYTES);
        int left = BYTES;
        while (left > 0) {
            left -= c.server().read(data, 0, left);
        }
        return data[0];
    }

    /// Ends the hosts.
    @TearDown
    public void close() {
        hosts.close();
    }
}
