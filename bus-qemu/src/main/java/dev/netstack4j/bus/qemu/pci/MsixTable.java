package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;

/// MSI-X, whose table of vectors lies in a window of the device.
///
/// @param config of the device
/// @param at     where the capability lies
/// @param window in which the table lies
/// @param table  where in it
/// @param size   number of vectors
record MsixTable(ConfigSpace config, int at, IoMemory window, int table, int size) implements MessageSource {
    private static final int CONTROL = 2;
    private static final int ENABLE = 1 << 15;
    private static final int MASK_ALL = 1 << 14;
    private static final int SIZE_MASK = 0x7FF;
    private static final int ENTRY = 16;
    private static final int MASKED = 1;

    static MsixTable of(QemuDevice device, ConfigSpace config, int at) throws NetException {
        int where = config.read(at + 4);
        int size = (config.read16(at + CONTROL) & SIZE_MASK) + 1;
        config.command(ConfigSpace.COMMAND_MEMORY, 0);
        device.commandChanged();
        return new MsixTable(config, at, device.mapBar(where & 7), where & ~7, size);
    }

    @Override
    public void enable(long address, int vectors) {
        control(ENABLE | MASK_ALL, 0);
        for (int v = 0; v < size; v++) {
            int entry = table + v * ENTRY;
            window.write32(entry, (int) address);
            window.write32(entry + 4, (int) (address >>> 32));
            window.write32(entry + 8, 1 << v);
            window.write32(entry + 12, v < vectors ? 0 : MASKED);
        }
        control(0, MASK_ALL);
    }

    @Override
    public void disable() {
        control(0, ENABLE);
    }

    private void control(int set, int clear) {
        config.write16(at + CONTROL, config.read16(at + CONTROL) & ~clear | set);
    }
}
