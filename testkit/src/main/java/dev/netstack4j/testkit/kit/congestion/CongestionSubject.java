package dev.netstack4j.testkit.kit.congestion;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.Subject;
import java.util.Map;

/// A congestion control to be judged by [CongestionKit]. A complete test of one:
/// ```java
/// class VegasConformanceTest extends CongestionConformance {
///     @Override
///     protected CongestionSubject subject() {
///         return new CongestionSubject() {
///             @Override public StackModule stackModule() { return new VegasModule(); }
///             @Override public String name() { return "vegas"; }
///         };
///     }
/// }
/// ```
/// Rules about whole connections need TCP and what is below it on the class path, and are skipped without.
public interface CongestionSubject extends Subject {
    /// The module that contributes it; made anew for each call.
    StackModule stackModule();

    @Override
    default String module() {
        return stackModule().name();
    }

    /// The name that TCP_CONGESTION takes.
    String name();

    /// Whether a lost packet makes it reduce its window. One that measures the path instead says false.
    default boolean reactsToLoss() {
        return true;
    }

    /// Settings that its module declares, and what they are to be.
    default Map<String, Integer> settings() {
        return Map.of();
    }

    /// Services that the module injects and neither core nor itself provides, by type; made anew for each call.
    default Map<Class<?>, Object> services() {
        return Map.of();
    }
}
