package dev.netstack4j.testkit.kit;

import org.jspecify.annotations.Nullable;

/// What a kit judges: an implementation of a plug point, and what its author says of it.
public interface Subject {
    /// The module that brings it, as its `StackModule` is named: `qdisc-tbf`.
    String module();

    /// The api version that the module was built against, for example `0.1.0`. A rule that holds only since a newer one
    /// reports, but does not fail. By default read from the module's `META-INF/netstack4j/<name>.properties`, which the
    /// build generates; a module without that file is held to every rule.
    default String apiVersion() {
        return ModuleProperties.apiVersion(module(), getClass());
    }

    /// Whether it is judged in real time: then nothing repeats, and one seed is as good as many.
    default boolean isInRealTime() {
        return false;
    }

    /// Why a rule cannot be judged on what the subject is tested with: a device that lacks what its driver is told it
    /// has, for example. Such a rule shows as skipped with this reason. Null for a rule that can be judged.
    ///
    /// @param ruleId for example `NDO-62`
    default @Nullable String unjudgeable(String ruleId) {
        return null;
    }
}
