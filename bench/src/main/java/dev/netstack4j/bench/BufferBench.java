package dev.netstack4j.bench;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.testkit.fake.FakeCpu;
import dev.netstack4j.testkit.fake.TestHost;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The buffer layer: allocate and free, clone, headers, checksum, copy.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BufferBench {
    private final TestHost host = new TestHost();
    private final FakeCpu cpu = host.cpu();
    private final ConsumeReason done = host.ledger().consume("BENCH", "benchmark is done with it");
    private final SkBuff packet = host.packet(new byte[1514]);
    private final byte[] user = new byte[1460];

    /// A receive buffer's birth and end.
    @Benchmark
    public int allocateAndFree() {
        SkBuff skb = host.pool().allocRx(2048, cpu);
        if (skb == null) {
            throw new IllegalStateException("out of memory");
        }
        int size = skb.truesize();
        skb.consume(done, cpu);
        return size;
    }

    /// A clone's birth and end.
    @Benchmark
    public int cloneAndFree() {
        SkBuff skb = packet.clone(cpu);
        int length = skb.length();
        skb.consume(done, cpu);
        return length;
    }

    /// Writing an Ethernet header and reading it back.
    @Benchmark
    public long etherHeader() {
        EthernetHeader.write(packet, packet.data(), 0x5254_0012_3456L, 0x5254_0065_4321L, 0x0800);
        return EthernetHeader.destination(packet, packet.data()) + EthernetHeader.type(packet, packet.data());
    }

    /// The checksum of a full segment.
    @Benchmark
    public int checksum1460() {
        return packet.sum(54, 1460);
    }

    /// The copy to an application's array.
    @Benchmark
    public byte[] copyToUser1460() {
        packet.read(54, user, 0, 1460);
        return user;
    }
}
