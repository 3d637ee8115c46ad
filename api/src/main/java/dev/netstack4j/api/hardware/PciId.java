package dev.netstack4j.api.hardware;

import dev.netstack4j.api.doc.Linux;
import org.jspecify.annotations.Nullable;

/// Which devices a driver serves. [#ANY] matches every value.
@Linux("include/linux/mod_devicetable.h#pci_device_id")
public final class PciId {
    /// Matches every value.
    public static final int ANY = -1;

    private final int vendor;
    private final int device;
    private final int subsystemVendor;
    private final int subsystem;

    private PciId(int vendor, int device, int subsystemVendor, int subsystem) {
        this.vendor = vendor;
        this.device = device;
        this.subsystemVendor = subsystemVendor;
        this.subsystem = subsystem;
    }

    /// Any subsystem of that vendor and device.
    public static PciId of(int vendor, int device) {
        return new PciId(vendor, device, ANY, ANY);
    }

    /// Exactly that subsystem.
    public static PciId of(int vendor, int device, int subsystemVendor, int subsystem) {
        return new PciId(vendor, device, subsystemVendor, subsystem);
    }

    /// Vendor number.
    public int vendor() {
        return vendor;
    }

    /// Device number.
    public int device() {
        return device;
    }

    /// Whether the device `actual` is one of those that this id names.
    public boolean matches(PciId actual) {
        return one(vendor, actual.vendor)
                && one(device, actual.device)
                && one(subsystemVendor, actual.subsystemVendor)
                && one(subsystem, actual.subsystem);
    }

    private static boolean one(int wanted, int actual) {
        return wanted == ANY || wanted == actual;
    }

    /// How many of the four numbers are fixed: of two matching ids the more specific one wins.
    public int specificity() {
        int n = 0;
        for (int v : new int[] {vendor, device, subsystemVendor, subsystem}) {
            n += v == ANY ? 0 : 1;
        }
        return n;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof PciId p
                && p.vendor == vendor
                && p.device == device
                && p.subsystemVendor == subsystemVendor
                && p.subsystem == subsystem;
    }

    @Override
    public int hashCode() {
        return vendor * 31 + device;
    }

    @Override
    public String toString() {
        return hex(vendor) + ":" + hex(device)
                + (subsystem == ANY ? "" : " (" + hex(subsystemVendor) + ":" + hex(subsystem) + ")");
    }

    private static String hex(int v) {
        return v == ANY ? "any" : Integer.toHexString(0x1_0000 | v & 0xFFFF).substring(1);
    }
}
