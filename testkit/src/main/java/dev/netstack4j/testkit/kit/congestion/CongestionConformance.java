package dev.netstack4j.testkit.kit.congestion;

import dev.netstack4j.testkit.kit.ConformanceTest;

/// The rules for congestion controls as JUnit tests; see [CongestionSubject] for an example.
public abstract class CongestionConformance extends ConformanceTest<CongestionSubject> {
    /// With all rules of [CongestionKit].
    protected CongestionConformance() {
        super(new CongestionKit());
    }
}
