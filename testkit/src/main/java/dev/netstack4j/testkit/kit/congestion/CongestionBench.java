package dev.netstack4j.testkit.kit.congestion;

import dev.netstack4j.api.congestion.CongestionOps;
import dev.netstack4j.testkit.fake.FakeAssembly;
import dev.netstack4j.testkit.fake.TestHost;
import dev.netstack4j.testkit.kit.Trial;
import java.lang.foreign.Arena;

/// A kind of congestion control on a host of fakes.
final class CongestionBench {
    private static final int MEMORY_BYTES = 1 << 20;
    private static final long BEGIN_NANOS = 1_000_000_000L;

    final CongestionOps ops;
    private final Trial trial;

    CongestionBench(CongestionSubject subject, Trial trial) {
        this.trial = trial;
        Arena arena = Arena.ofConfined();
        trial.atEnd(arena::close);
        TestHost host = new TestHost(arena, MEMORY_BYTES, trial.seed());
        subject.settings()
                .forEach((name, value) -> host.sysctls()
                        .declare(name, value, Integer.MIN_VALUE, Integer.MAX_VALUE, "set by the subject"));
        ops = new FakeAssembly(subject.stackModule(), host)
                .services(subject.services())
                .get(CongestionOps.class, subject.name());
    }

    /// A connection that is established.
    Connection connect() {
        return connect(BEGIN_NANOS);
    }

    Connection connect(long beginNanos) {
        Connection c = new Connection(ops.create(), trial, beginNanos);
        c.established();
        return c;
    }
}
