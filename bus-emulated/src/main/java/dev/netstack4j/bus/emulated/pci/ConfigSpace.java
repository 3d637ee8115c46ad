package dev.netstack4j.bus.emulated.pci;

/// The 256 bytes of configuration space of one device: which bits are there, and which of them can be written. Writing
/// all ones to a base address register and reading it back gives its size, as on any PCI bus.
final class ConfigSpace {
    static final int COMMAND = 0x04;
    static final int COMMAND_IO = 1;
    static final int COMMAND_MEMORY = 1 << 1;
    static final int COMMAND_MASTER = 1 << 2;
    static final int COMMAND_INTX_DISABLE = 1 << 10;
    /// A transfer of the device was aborted; cleared by writing it.
    static final int STATUS_MASTER_ABORT = 1 << 29;

    static final int BAR0 = 0x10;
    static final int MSI_ENABLE = 1 << 16;
    static final int MSIX_ENABLE = 1 << 31;

    private static final int STATUS_CAPABILITIES = 1 << 20;
    private static final int CAPABILITY_POINTER = 0x34;
    private static final int INTERRUPT = 0x3C;
    private static final int CAP_POWER = 0x01;
    private static final int CAP_MSI = 0x05;
    private static final int CAP_MSIX = 0x11;
    private static final int MSI_64_BIT = 1 << 23;

    private final int[] words = new int[64];
    private final int[] writable = new int[64];
    private int lastCapability;

    ConfigSpace(PciFunction f) {
        PciFunction.Numbers n = f.numbers();
        fixed(0x00, n.device() << 16 | n.vendor());
        set(COMMAND, 0, COMMAND_IO | COMMAND_MEMORY | COMMAND_MASTER | COMMAND_INTX_DISABLE);
        fixed(0x08, f.classCode() << 8 | f.revision());
        set(0x0C, 0, 0xFFFF);
        fixed(0x2C, n.subsystem() << 16 | n.subsystemVendor());
        set(INTERRUPT, 1 << 8, 0xFF); // INTA
        f.bars().forEach(this::addBar);
        addCapabilities(f);
    }

    private void fixed(int offset, int value) {
        words[offset >> 2] = value;
    }

    private void set(int offset, int value, int writableBits) {
        words[offset >> 2] = value;
        writable[offset >> 2] = writableBits;
    }

    private void addBar(Bar bar) {
        set(BAR0 + 4 * bar.index(), bar.io() ? 1 : 0, -bar.bytes());
    }

    private void addCapabilities(PciFunction f) {
        if (f.powerManagement() != 0) {
            link(f.powerManagement(), CAP_POWER, 0x0002_0000, 0);
            set(f.powerManagement() + 4, 0, 3); // power state
        }
        if (f.msi() != 0) {
            link(f.msi(), CAP_MSI, MSI_64_BIT, MSI_ENABLE);
            set(f.msi() + 4, 0, ~3);
            set(f.msi() + 8, 0, ~0);
            set(f.msi() + 12, 0, 0xFFFF);
        }
        if (f.msix() != 0) {
            link(f.msix(), CAP_MSIX, f.msixVectors() - 1 << 16, MSIX_ENABLE | 1 << 30);
        }
    }

    private void link(int offset, int id, int control, int writableBits) {
        set(offset, control | id, writableBits);
        if (lastCapability == 0) {
            words[COMMAND >> 2] |= STATUS_CAPABILITIES;
            words[CAPABILITY_POINTER >> 2] = offset;
        } else {
            words[lastCapability >> 2] |= offset << 8;
        }
        lastCapability = offset;
    }

    int read(int offset) {
        return words[offset >> 2 & 63];
    }

    void write(int offset, int value) {
        int w = offset >> 2 & 63;
        words[w] = words[w] & ~writable[w] | value & writable[w];
    }

    boolean has(int offset, int bits) {
        return (read(offset) & bits) == bits;
    }
}
