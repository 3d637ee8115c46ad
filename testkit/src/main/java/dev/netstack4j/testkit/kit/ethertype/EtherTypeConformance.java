package dev.netstack4j.testkit.kit.ethertype;

import dev.netstack4j.testkit.kit.ConformanceTest;

/// The rules for EtherType protocols as JUnit tests; see [EtherTypeSubject] for an example.
public abstract class EtherTypeConformance extends ConformanceTest<EtherTypeSubject> {
    /// With all rules of [EtherTypeKit].
    protected EtherTypeConformance() {
        super(new EtherTypeKit());
    }
}
