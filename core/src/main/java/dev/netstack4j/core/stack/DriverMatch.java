package dev.netstack4j.core.stack;

import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.core.registry.Contributed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The driver that serves a device best, and the entry of its table that says so.
record DriverMatch(Contributed<PciDriver> driver, PciId id) {
    /// Of all entries that match, the most specific one; of equals the first in the order of assembly.
    static @Nullable DriverMatch best(List<Contributed<PciDriver>> drivers, PciId device) {
        DriverMatch best = null;
        for (Contributed<PciDriver> d : drivers) {
            for (PciId id : d.ids()) {
                if (id.matches(device) && (best == null || id.specificity() > best.id.specificity())) {
                    best = new DriverMatch(d, id);
                }
            }
        }
        return best;
    }
}
