package dev.netstack4j.testkit.rules;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The architecture rules as JUnit tests, one a rule. All that an author writes:
/// ```java
/// class ArchitectureTest extends ExtensionArchitectureTest {
///     ArchitectureTest() {
///         super(ExtensionRules.qdisc("com.example.red"));
///     }
/// }
/// ```
public abstract class ExtensionArchitectureTest {
    private final ExtensionRules rules;

    /// @param rules for the module at hand
    protected ExtensionArchitectureTest(ExtensionRules rules) {
        this.rules = rules;
    }

    /// The rules as tests.
    @TestFactory
    final Stream<DynamicTest> architecture() {
        ModuleClasses module = rules.classes();
        return rules.rules().stream()
                .map(r -> DynamicTest.dynamicTest(r.sentence(), () -> r.check().on(module)));
    }
}
