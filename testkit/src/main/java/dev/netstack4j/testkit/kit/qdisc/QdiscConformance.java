package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.testkit.kit.ConformanceTest;

/// The rules for qdiscs as JUnit tests; see [QdiscSubject] for an example.
public abstract class QdiscConformance extends ConformanceTest<QdiscSubject> {
    /// With all rules of [QdiscKit].
    protected QdiscConformance() {
        super(new QdiscKit());
    }
}
