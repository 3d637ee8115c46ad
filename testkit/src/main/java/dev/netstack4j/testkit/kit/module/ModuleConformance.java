package dev.netstack4j.testkit.kit.module;

import dev.netstack4j.testkit.kit.ConformanceTest;

/// The rules for modules as JUnit tests; see [ModuleSubject] for an example.
public abstract class ModuleConformance extends ConformanceTest<ModuleSubject> {
    /// With all rules of [ModuleKit].
    protected ModuleConformance() {
        super(new ModuleKit());
    }
}
