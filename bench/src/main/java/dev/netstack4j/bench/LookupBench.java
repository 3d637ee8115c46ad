package dev.netstack4j.bench;

import dev.netstack4j.api.address.AddressFamily;
import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.protocol.InetFamilies;
import dev.netstack4j.api.protocol.InetFamilyOps;
import dev.netstack4j.api.protocol.IpProtocol;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.settings.Sysctls;
import dev.netstack4j.api.socket.SockRequest;
import dev.netstack4j.api.socket.SockSettings;
import dev.netstack4j.api.socket.SocketType;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.api.stack.StackFactory;
import dev.netstack4j.proto.tcp.control.ConnectionEntry;
import dev.netstack4j.proto.tcp.control.EventPort;
import dev.netstack4j.proto.tcp.control.KeyedHash;
import dev.netstack4j.proto.tcp.control.SockPort;
import dev.netstack4j.proto.tcp.control.TcpSock;
import dev.netstack4j.proto.tcp.control.TcpSysctls;
import dev.netstack4j.proto.tcp.demux.Demux;
import dev.netstack4j.proto.tcp.events.FlightRecorderEvents;
import dev.netstack4j.testkit.fake.FakeSockContext;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Finding the connection of a segment, with few connections and with many. Segments come in random order for `active`
/// of the connections, spread over the whole table. With few active ones the size of the table is what is measured;
/// when all of 100,000 are active, it is the memory of the machine: each entry is fetched from far away, and its page
/// looked up.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LookupBench {
    private static final int PORTS = 20_000;
    private static final int FIRST_PORT = 30_000;
    private static final int FIRST_ADDRESS = 0x0A010001;
    private static final int LOCAL_ADDRESS = 0x0A000001;
    private static final int MASK = (1 << 20) - 1;

    private static final SockPort NOBODY = new SockPort() {
        @Override
        public void receive(TcpSock sock, SkBuff skb, Cpu cpu) {}

        @Override
        public void deferred(TcpSock sock, int bits, Cpu cpu) {}

        @Override
        public void unthrottle(TcpSock sock, Cpu cpu) {}

        @Override
        public EventPort events() {
            return new FlightRecorderEvents(1);
        }
    };

    /// Connections in the table.
    @Param({"10", "1000", "100000"})
    public int connections;

    /// Connections that segments come for, at most.
    @Param({"1000", "100000"})
    public int active;

    private final Stack stack = BenchHosts.make(() -> StackFactory.find()
            .builder()
            .discover(LookupBench.class.getClassLoader())
            .without("proto-tcp")
            .build());
    private final Cpu cpu = stack.service(Cpus.class).enter();
    private final int[] order = new int[MASK + 1];
    private final SkBuff skb = packet();
    private final Demux demux = demux();
    private int next;

    private Demux demux() {
        RandomStreams random = stack.service(RandomStreams.class);
        return new Demux(
                stack.service(Sync.class),
                new KeyedHash(random.stream("tcp.hash")),
                new KeyedHash(random.stream("tcp.porthash")),
                random.stream("tcp.port"),
                new TcpSysctls(
                        stack.service(Sysctls.class), stack.packets().memory().size()),
                1);
    }

    private SkBuff packet() {
        SkBuff made = Objects.requireNonNull(stack.packets().alloc(40, cpu));
        made.put(40);
        made.resetNetworkHeader();
        made.put8(made.networkHeader(), 0x45);
        made.put32(made.networkHeader() + 16, LOCAL_ADDRESS);
        made.transportHeader(made.networkHeader() + 20);
        made.put16(made.transportHeader() + 2, 80);
        return made;
    }

    /// Fills the table.
    @Setup
    public void connect() {
        InetFamilyOps network =
                Objects.requireNonNull(stack.service(InetFamilies.class).find(AddressFamily.INET));
        demux.start(network);
        FakeSockContext context = new FakeSockContext(stack.service(Sync.class).waitQueue("bench"));
        for (int i = 0; i < connections; i++) {
            SockRequest request = new SockRequest(
                    context, AddressFamily.INET, SocketType.STREAM, IpProtocol.TCP, new SockSettings(1, 1));
            TcpSock sock = new TcpSock(request, network, NOBODY);
            sock.localAddress(IpAddress.v4(LOCAL_ADDRESS));
            sock.localPort(80);
            sock.remoteAddress(IpAddress.v4(FIRST_ADDRESS + i / PORTS));
            sock.remotePort(FIRST_PORT + i % PORTS);
            demux.insert(sock, cpu);
        }
        int few = Math.min(active, connections);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < order.length; i++) {
            order[i] = random.nextInt(few) * (connections / few);
        }
    }

    /// One lookup.
    @Benchmark
    public ConnectionEntry find() {
        int i = order[next];
        next = next + 1 & MASK;
        skb.put32(skb.networkHeader() + 12, FIRST_ADDRESS + i / PORTS);
        skb.put16(skb.transportHeader(), FIRST_PORT + i % PORTS);
        return Objects.requireNonNull(demux.find(skb, cpu));
    }

    /// Ends the host.
    @TearDown
    public void close() {
        skb.drop(stack.packets().ledger().drop("bench", "end of the benchmark"), cpu);
        stack.service(Cpus.class).leave(cpu);
        stack.close();
    }
}
