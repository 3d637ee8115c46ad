package dev.netstack4j.testkit.kit.ipprotocol;

import dev.netstack4j.testkit.kit.ConformanceTest;

/// The rules for IP protocols as JUnit tests; see [IpProtocolSubject] for an example.
public abstract class IpProtocolConformance extends ConformanceTest<IpProtocolSubject> {
    /// With all rules of [IpProtocolKit].
    protected IpProtocolConformance() {
        super(new IpProtocolKit());
    }
}
