package dev.netstack4j.bus.emulated.pci;

import dev.netstack4j.api.hardware.IoMemory;

/// A bar as a driver sees it. A device that is gone or does not decode answers all ones, as a PCI master abort does.
final class RegisterWindow implements IoMemory {
    private final EmulatedPciDevice device;
    private final DeviceModel model;
    private final int bar;
    private final int size;

    RegisterWindow(EmulatedPciDevice device, DeviceModel model, Bar bar) {
        this.device = device;
        this.model = model;
        this.bar = bar.index();
        this.size = bar.bytes();
    }

    @Override
    public int read32(int offset) {
        return answers(offset) ? model.read32(bar, offset) : -1;
    }

    @Override
    public void write32(int offset, int value) {
        if (answers(offset)) {
            model.write32(bar, offset, value);
        }
    }

    private boolean answers(int offset) {
        return device.decodes() && offset >= 0 && offset <= size - 4 && (offset & 3) == 0;
    }

    @Override
    public int size() {
        return size;
    }
}
