package dev.netstack4j.testkit.kit.socket;

import dev.netstack4j.testkit.kit.ConformanceTest;

/// The rules for socket families as JUnit tests; see [SocketSubject] for an example.
public abstract class SocketConformance extends ConformanceTest<SocketSubject> {
    /// With all rules of [SocketKit].
    protected SocketConformance() {
        super(new SocketKit());
    }
}
