package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.bus.qemu.qtest.Registers;
import dev.netstack4j.bus.qemu.qtest.Width;

/// A window as a driver sees it. A device that is gone or does not decode answers all ones, as a PCI master abort does.
final class RegisterWindow implements IoMemory {
    private final QemuDevice device;
    private final Registers registers;
    private final Bar bar;
    private final Width w8;
    private final Width w16;
    private final Width w32;

    RegisterWindow(QemuDevice device, Registers registers, Bar bar) {
        this.device = device;
        this.registers = registers;
        this.bar = bar;
        w8 = bar.io() ? Width.IO_BYTE : Width.BYTE;
        w16 = bar.io() ? Width.IO_WORD : Width.WORD;
        w32 = bar.io() ? Width.IO_LONG : Width.LONG;
    }

    @Override
    public int read32(int offset) {
        return answers(offset, 4) ? registers.read(w32, bar.address() + offset) : -1;
    }

    @Override
    public void write32(int offset, int value) {
        if (answers(offset, 4)) {
            registers.write(w32, bar.address() + offset, value);
        }
    }

    @Override
    public int read8(int offset) {
        return answers(offset, 1) ? registers.read(w8, bar.address() + offset) & 0xFF : 0xFF;
    }

    @Override
    public int read16(int offset) {
        return answers(offset, 2) ? registers.read(w16, bar.address() + offset) & 0xFFFF : 0xFFFF;
    }

    @Override
    public void write8(int offset, int value) {
        if (answers(offset, 1)) {
            registers.write(w8, bar.address() + offset, value & 0xFF);
        }
    }

    @Override
    public void write16(int offset, int value) {
        if (answers(offset, 2)) {
            registers.write(w16, bar.address() + offset, value & 0xFFFF);
        }
    }

    private boolean answers(int offset, int bytes) {
        return device.decodes(bar.io()) && offset >= 0 && offset <= bar.bytes() - bytes && offset % bytes == 0;
    }

    @Override
    public int size() {
        return (int) bar.bytes();
    }
}
