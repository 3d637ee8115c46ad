package dev.netstack4j.pci.trace;

import dev.netstack4j.api.hardware.IoMemory;
import java.util.List;

/// A window of registers that is listened to. A write is recorded before the device sees it, a read after.
///
/// @param prefix before the names, for windows beside the first
record TracedRegisters(IoMemory inner, Chip chip, String prefix, List<TracedRing> rings, Recorder recorder)
        implements IoMemory {
    @Override
    public int read32(int offset) {
        int value = inner.read32(offset);
        Register r = chip.register(offset);
        recorder.event("r", prefix + r.name(), r.value(value));
        return value;
    }

    @Override
    public void write32(int offset, int value) {
        for (TracedRing ring : rings) {
            ring.written(offset, value);
        }
        Register r = chip.register(offset);
        recorder.event("w", prefix + r.name(), r.value(value));
        inner.write32(offset, value);
    }

    @Override
    public int read8(int offset) {
        int value = inner.read8(offset);
        recorder.event("r8", prefix + chip.register(offset).name(), Integer.toHexString(value));
        return value;
    }

    @Override
    public int read16(int offset) {
        int value = inner.read16(offset);
        recorder.event("r16", prefix + chip.register(offset).name(), Integer.toHexString(value));
        return value;
    }

    @Override
    public void write8(int offset, int value) {
        recorder.event("w8", prefix + chip.register(offset).name(), Integer.toHexString(value));
        inner.write8(offset, value);
    }

    @Override
    public void write16(int offset, int value) {
        recorder.event("w16", prefix + chip.register(offset).name(), Integer.toHexString(value));
        inner.write16(offset, value);
    }

    @Override
    public int size() {
        return inner.size();
    }
}
