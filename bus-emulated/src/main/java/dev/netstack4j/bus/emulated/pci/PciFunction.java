package dev.netstack4j.bus.emulated.pci;

import dev.netstack4j.api.hardware.PciId;
import java.util.List;

/// What a chip says of itself in configuration space. Offsets of capabilities are 0 where the chip lacks them.
///
/// @param id              vendor, device, subsystem vendor, subsystem
/// @param numbers         the same four as numbers
/// @param classCode       24 bits
/// @param revision        8 bits
/// @param bars            base address registers
/// @param powerManagement offset of the power management capability
/// @param msi             offset of the MSI capability (one vector, 64-bit address)
/// @param msix            offset of the MSI-X capability
/// @param msixVectors     entries of the MSI-X table
public record PciFunction(
        PciId id,
        Numbers numbers,
        int classCode,
        int revision,
        List<Bar> bars,
        int powerManagement,
        int msi,
        int msix,
        int msixVectors) {

    /// The four numbers of a PCI identity.
    public record Numbers(int vendor, int device, int subsystemVendor, int subsystem) {}

    /// The bar of that index, or null when the chip lacks it.
    @org.jspecify.annotations.Nullable
    Bar bar(int index) {
        for (Bar b : bars) {
            if (b.index() == index) {
                return b;
            }
        }
        return null;
    }
}
