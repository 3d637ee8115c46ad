package dev.netstack4j.core.stack;

import dev.netstack4j.api.hardware.SharesMemory;
import dev.netstack4j.core.registry.Catalogue;
import dev.netstack4j.core.registry.Component;
import dev.netstack4j.core.registry.CorePoints;
import java.util.List;
import java.util.Map;

/// A stack that was checked and can be made.
///
/// @param cpus        number of CPUs
/// @param memory      bytes of its memory
/// @param sysctls     settings to begin with
/// @param textSysctls the same with text
/// @param buses       options of the buses that were named
/// @param catalogue   what its modules declared
/// @param order       its objects, what is needed first
record StackPlan(
        String name,
        int cpus,
        long memory,
        Map<String, Integer> sysctls,
        Map<String, String> textSysctls,
        BusOptions buses,
        Catalogue catalogue,
        List<Component> order) {
    /// Whether the memory is to be a file that other processes can map: a bus that was named needs it.
    boolean sharesMemory() {
        return catalogue.declarations().stream()
                .anyMatch(d -> d.point() == CorePoints.PCI_BUS
                        && buses.byKind().containsKey(d.key())
                        && d.implementation().isAnnotationPresent(SharesMemory.class));
    }
}
