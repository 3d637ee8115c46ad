package dev.netstack4j.bench;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.link.EthernetHeader;
import dev.netstack4j.api.link.LinkLayer;
import dev.netstack4j.api.link.PacketTypes;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The link layer, the driver and both silicon models: a frame of an EtherType of our own from queue to handler.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LinkBench {
    private static final int TYPE = 0x88B5;
    private static final int BATCH = 32;

    private final BenchHosts hosts = new BenchHosts();
    private final Cpus cpus = hosts.a.service(Cpus.class);
    private final LinkLayer link = hosts.a.service(LinkLayer.class);
    private final NetDevice card = hosts.a.device("eth0");
    private long received;

    /// A handler at the far end.
    @Setup
    public void open() {
        var done = hosts.b.packets().ledger().consume("BENCH", "benchmark received it");
        hosts.b
                .service(PacketTypes.class)
                .add(
                        TYPE,
                        null,
                        (skb, device, original, cpu) -> {
                            received++;
                            skb.consume(done, cpu);
                        },
                        "bench");
    }

    /// 32 frames of 1514 bytes, one way, both hosts and both chips.
    @Benchmark
    public long frames32() {
        Cpu cpu = cpus.enter();
        for (int i = 0; i < BATCH; i++) {
            SkBuff skb = hosts.a.packets().alloc(1600, cpu);
            if (skb == null) {
                throw new IllegalStateException("out of memory");
            }
            skb.reserve(64);
            int at = skb.put(1514);
            EthernetHeader.write(
                    skb, at, MacAddress.BROADCAST.bits(), card.macAddress().bits(), TYPE);
            skb.protocol(TYPE);
            skb.dev(card);
            link.devQueueXmit(skb, cpu);
        }
        cpus.leave(cpu);
        hosts.runtime.runDue();
        return received;
    }

    /// Ends the hosts.
    @TearDown
    public void close() {
        hosts.close();
    }
}
