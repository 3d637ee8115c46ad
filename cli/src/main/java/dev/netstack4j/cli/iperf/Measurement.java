package dev.netstack4j.cli.iperf;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.StackRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The streams of a test while they run: begun together, ended together, then counted.
final class Measurement {
    private static final double SECONDS = 1e-9;

    private final StackRuntime runtime;
    private final List<Flow> running;
    private final List<Tally> tallies;
    private final long begin;
    private final long cpuAtBegin = cpuNanos();
    private double seconds;
    private double cpuShare;

    /// Begins.
    ///
    /// @param running what has a thread
    /// @param tallies of the streams
    Measurement(StackRuntime runtime, List<Flow> running, List<Tally> tallies) {
        this.runtime = runtime;
        this.running = running;
        this.tallies = tallies;
        this.begin = runtime.clock().nanos();
        running.forEach(Flow::begin);
    }

    void end() {
        running.forEach(Flow::end);
        seconds = (runtime.clock().nanos() - begin) * SECONDS;
        cpuShare = seconds > 0 ? (cpuNanos() - cpuAtBegin) * SECONDS / seconds : 0;
    }

    /// Exchanges what both sides counted.
    ///
    /// @param first whether this side tells first
    Outcome exchange(ControlConnection control, boolean first, TestPlan plan, boolean sends) throws IOException {
        joinAll();
        Map<String, Object> own = Counted.toMessage(tallies, seconds, cpuShare);
        if (first) {
            control.send(own);
        }
        Map<String, Object> theirs = control.message();
        if (!first) {
            control.send(own);
        }
        Counted here = Counted.of(tallies, seconds);
        Counted there = Counted.ofMessage(theirs);
        return sends ? new Outcome(plan, here, there) : new Outcome(plan, there, here);
    }

    private void joinAll() throws NetException {
        for (Flow f : running) {
            f.join();
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }
}
