package dev.netstack4j.bench;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.qdisc.Qdisc;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscWatchdog;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.core.registry.ContributionTable;
import dev.netstack4j.core.registry.CorePoints;
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

/// Qdiscs alone: 16 packets in, 16 packets out.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QdiscBench {
    private static final int PACKETS = 16;

    private final SkBuffQueue packets = new SkBuffQueue();
    private final BenchHosts hosts = new BenchHosts();
    private final Cpus cpus = hosts.a.service(Cpus.class);
    private final Qdisc fifo = BenchHosts.make(() -> attach("pfifo_fast", ""));
    private final Qdisc bucket = BenchHosts.make(() -> attach("tbf", "40gbit"));

    /// Some packets.
    @Setup
    public void open() {
        Cpu cpu = cpus.enter();
        for (int i = 0; i < PACKETS; i++) {
            SkBuff skb = hosts.a.packets().alloc(1600, cpu);
            if (skb == null) {
                throw new IllegalStateException("out of memory");
            }
            skb.put(1514);
            packets.addTail(skb);
        }
        cpus.leave(cpu);
    }

    private Qdisc attach(String kind, String rate) throws Exception {
        var contributed = hosts.a.service(ContributionTable.class).find(CorePoints.QDISC, kind);
        if (contributed == null) {
            throw new IllegalStateException("no module brings " + kind);
        }
        Options.Builder options = contributed.schema().values();
        if (!rate.isEmpty()) {
            options.set("rate", rate);
        }
        return contributed.instance().create(new Alone(hosts.a.device("eth0")), options.build());
    }

    private record Alone(NetDevice device) implements QdiscContext {
        @Override
        public QdiscWatchdog watchdog() {
            return new QdiscWatchdog() {
                @Override
                public void schedule(long deadlineNanos, Cpu cpu) {}

                @Override
                public void cancel(Cpu cpu) {}
            };
        }
    }

    /// Three bands.
    @Benchmark
    public int pfifoFast16() {
        return through(fifo);
    }

    /// Token bucket at 40 Gbit/s; time stands still, so tokens are given back by moving it.
    @Benchmark
    public int tbf16() {
        hosts.runtime.advance(PACKETS * 400L);
        return through(bucket);
    }

    private int through(Qdisc qdisc) {
        Cpu cpu = cpus.enter();
        for (SkBuff skb = packets.poll(); skb != null; skb = packets.poll()) {
            qdisc.enqueue(skb, cpu);
        }
        int n = qdisc.dequeue(packets, PACKETS, Integer.MAX_VALUE, cpu);
        cpus.leave(cpu);
        if (n != PACKETS) {
            throw new IllegalStateException("only " + n + " packets came out");
        }
        return n;
    }

    /// Ends the hosts.
    @TearDown
    public void close() {
        hosts.close();
    }
}
