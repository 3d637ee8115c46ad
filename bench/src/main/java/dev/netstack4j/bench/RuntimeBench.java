package dev.netstack4j.bench;

import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Timer;
import dev.netstack4j.core.runtime.HostRuntime;
import dev.netstack4j.core.runtime.RuntimeCore;
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

/// The runtime: taking and leaving a CPU, re-arming timers.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RuntimeBench {
    private final HostRuntime host = RuntimeCore.realTime().newHost("bench", 1);
    private final Timer coarse = host.timers().coarse("rto", cpu -> {});
    private final Timer exact = host.timers().exact("watchdog", cpu -> {});
    private long deadline = Long.MAX_VALUE / 2;

    /// What every socket call pays for its stretch.
    @Benchmark
    public long enterAndLeave() {
        Cpu cpu = host.cpus().enter();
        long now = cpu.nowNanos();
        host.cpus().leave(cpu);
        return now;
    }

    /// A retransmission timer pushed back, as each acknowledgement does.
    @Benchmark
    public long rearmCoarse() {
        Cpu cpu = host.cpus().enter();
        coarse.arm(++deadline, cpu);
        host.cpus().leave(cpu);
        return deadline;
    }

    /// An exact timer set anew.
    @Benchmark
    public long rearmExact() {
        Cpu cpu = host.cpus().enter();
        exact.arm(++deadline, cpu);
        host.cpus().leave(cpu);
        return deadline;
    }

    /// Ends the host.
    @TearDown
    public void close() throws Exception {
        host.close();
    }
}
