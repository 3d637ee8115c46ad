package dev.netstack4j.bus.qemu.pci;

/// Plain MSI with one vector, whose address and value stand in configuration space.
///
/// @param config of the device
/// @param at     where the capability lies
record MsiCapability(ConfigSpace config, int at) implements MessageSource {
    private static final int CONTROL = 2;
    private static final int ENABLE = 1;
    private static final int SEVERAL = 7 << 4;
    private static final int WIDE = 1 << 7;

    @Override
    public void enable(long address, int vectors) {
        int control = config.read16(at + CONTROL);
        boolean wide = (control & WIDE) != 0;
        config.write(at + 4, (int) address);
        if (wide) {
            config.write(at + 8, (int) (address >>> 32));
        }
        config.write16(at + (wide ? 12 : 8), 1);
        config.write16(at + CONTROL, control & ~SEVERAL | ENABLE);
    }

    @Override
    public void disable() {
        config.write16(at + CONTROL, config.read16(at + CONTROL) & ~ENABLE);
    }
}
