package dev.netstack4j.testkit.kit.wire;

import dev.netstack4j.testkit.kit.ConformanceTest;

/// Holds a wire to its contract:
/// ```java
/// class CableConformanceTest extends WireConformance {
///     @Override
///     protected WireSubject subject() {
///         return WireSubject.of(new BusEmulatedModule(), "cable")
///                 .ends(Map.of("name", "c"), Map.of("name", "c"))
///                 .other(Map.of("name", "d"), Map.of("name", "d"))
///                 .can(WireAbility.LINK_DETECTION, WireAbility.FLOW_CONTROL);
///     }
/// }
/// ```
/// A wire to the outside is judged with two ends that the outside joins, in real time.
public abstract class WireConformance extends ConformanceTest<WireSubject> {
    /// Judged by [WireKit].
    protected WireConformance() {
        super(new WireKit());
    }
}
