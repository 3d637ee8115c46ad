package dev.netstack4j.core.stack;

import dev.netstack4j.core.registry.Catalogue;
import dev.netstack4j.core.registry.Component;
import java.util.List;
import java.util.Map;

/// A stack that was checked and can be made.
///
/// @param cpus      number of CPUs
/// @param memory    bytes of its memory
/// @param sysctls   settings to begin with
/// @param catalogue what its modules declared
/// @param order     its objects, what is needed first
record StackPlan(
        String name, int cpus, long memory, Map<String, Integer> sysctls, Catalogue catalogue, List<Component> order) {}
