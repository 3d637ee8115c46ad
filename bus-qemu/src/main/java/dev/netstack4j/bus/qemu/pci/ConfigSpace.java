package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.bus.qemu.qtest.Registers;
import dev.netstack4j.bus.qemu.qtest.Width;

/// Configuration space of one slot of PCI bus 0, all 4096 bytes, through the window that the host bridge maps.
final class ConfigSpace {
    static final int IDENTITY = 0x00;
    static final int COMMAND = 0x04;
    static final int COMMAND_IO = 1;
    static final int COMMAND_MEMORY = 1 << 1;
    static final int COMMAND_MASTER = 1 << 2;
    static final int BAR0 = 0x10;
    static final int SUBSYSTEM = 0x2C;
    static final int INTERRUPT_PIN = 0x3D;
    static final int CAP_MSI = 0x05;
    static final int CAP_MSIX = 0x11;

    private static final int SIZE = 0x1000;
    private static final int STATUS_CAPABILITIES = 1 << 20;
    private static final int CAPABILITY_POINTER = 0x34;
    private static final int MOST_CAPABILITIES = 48;

    private static final long ADDRESS_PORT = 0xCF8;
    private static final long DATA_PORT = 0xCFC;
    private static final int ADDRESS_ENABLE = 1 << 31;
    private static final int PCIEXBAR = 0x60;
    private static final int PCIEXBAR_ENABLE = 1;
    private static final long WINDOW = 0xB000_0000L;

    private final Registers registers;
    private final long base;

    ConfigSpace(Registers registers, int slot) {
        this.registers = registers;
        base = WINDOW + ((long) slot << 15);
    }

    /// Makes the host bridge map the window: by way of the ports, as nothing else works yet.
    static void openWindow(Registers registers) {
        bridge(registers, PCIEXBAR + 4, 0);
        bridge(registers, PCIEXBAR, (int) WINDOW | PCIEXBAR_ENABLE);
    }

    private static void bridge(Registers registers, int offset, int value) {
        registers.write(Width.IO_LONG, ADDRESS_PORT, ADDRESS_ENABLE | offset);
        registers.write(Width.IO_LONG, DATA_PORT, value);
    }

    int read(int offset) {
        return offset < 0 || offset >= SIZE ? -1 : registers.read(Width.LONG, base + (offset & ~3));
    }

    int read8(int offset) {
        return registers.read(Width.BYTE, base + offset);
    }

    int read16(int offset) {
        return registers.read(Width.WORD, base + offset);
    }

    void write(int offset, int value) {
        if (offset >= 0 && offset < SIZE) {
            registers.write(Width.LONG, base + (offset & ~3), value);
        }
    }

    void write16(int offset, int value) {
        registers.write(Width.WORD, base + offset, value);
    }

    /// Where a capability lies.
    ///
    /// @return 0 when there is none
    int capability(int id) {
        if ((read(COMMAND) & STATUS_CAPABILITIES) == 0) {
            return 0;
        }
        int at = read8(CAPABILITY_POINTER) & ~3;
        for (int n = 0; n < MOST_CAPABILITIES && at != 0; n++) {
            int head = read(at);
            if ((head & 0xFF) == id) {
                return at;
            }
            at = head >>> 8 & 0xFC;
        }
        return 0;
    }

    void command(int set, int clear) {
        write16(COMMAND, read16(COMMAND) & ~clear | set);
    }
}
