package dev.netstack4j.testkit.explore;

import dev.netstack4j.api.runtime.VirtualRuntime;

/// What is tried under many schedules. It does the same each time: everything that it makes, it makes anew.
@FunctionalInterface
public interface Scenario {
    /// Prepares in the fixed order, calls [Choices#begin], lets things happen, calls [Choices#end], and checks. What it
    /// throws is the failure of this schedule.
    ///
    /// @param runtime fresh, closed by the explorer afterwards
    /// @param choices between its `begin` and `end` the schedule is chosen
    void run(VirtualRuntime runtime, Choices choices) throws Exception;
}
