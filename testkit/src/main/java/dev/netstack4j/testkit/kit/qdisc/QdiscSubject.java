package dev.netstack4j.testkit.kit.qdisc;

import dev.netstack4j.api.spi.StackModule;
import dev.netstack4j.testkit.kit.Subject;
import java.util.List;
import java.util.Map;

/// A kind of qdisc to be judged by [QdiscKit]. A complete test of one:
/// ```java
/// class RedConformanceTest extends QdiscConformance {
///     @Override
///     protected QdiscSubject subject() {
///         return new QdiscSubject() {
///             @Override public StackModule stackModule() { return new RedModule(); }
///             @Override public String kind() { return "red"; }
///             @Override public List<QdiscSetup> setups() {
///                 return List.of(QdiscSetup.of(Map.of("limit", "30k")).mostBytes(30 << 10)
///                         .changesTo(QdiscSetup.of(Map.of("limit", "60k")).mostBytes(60 << 10)));
///             }
///             @Override public List<Map<String, String>> badOptions() {
///                 return List.of(Map.of("limit", "30k", "min", "40k"));
///             }
///         };
///     }
/// }
/// ```
public interface QdiscSubject extends Subject {
    /// The module that contributes it; made anew for each call.
    StackModule stackModule();

    @Override
    default String module() {
        return stackModule().name();
    }

    /// The kind, as it is contributed: `tbf`.
    String kind();

    /// Sets of options to try, and what holds with each. Every rule is judged with every one to which it applies.
    default List<QdiscSetup> setups() {
        return List.of(QdiscSetup.of(Map.of()));
    }

    /// Options that can be read but make no sense together, or lie outside what the qdisc takes: each must be refused.
    default List<Map<String, String>> badOptions() {
        return List.of();
    }

    /// Services that the module injects and neither core nor itself provides, by type; made anew for each call.
    default Map<Class<?>, Object> services() {
        return Map.of();
    }
}
