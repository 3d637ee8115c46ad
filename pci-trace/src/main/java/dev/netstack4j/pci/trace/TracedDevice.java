package dev.netstack4j.pci.trace;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciId;
import java.util.List;

/// A device whose driver is listened to.
final class TracedDevice implements PciDevice {
    private final PciDevice inner;
    private final Chip chip;
    private final Recorder recorder;
    private final List<TracedRing> rings;
    private final TracedDma dma;

    TracedDevice(PciDevice inner, Chip chip, Recorder recorder) {
        this.inner = inner;
        this.chip = chip;
        this.recorder = recorder;
        rings = chip.rings().stream()
                .map(r -> new TracedRing(r, chip, inner.dma().memory(), recorder))
                .toList();
        dma = new TracedDma(inner.dma(), rings, recorder);
    }

    @Override
    public String address() {
        return inner.address();
    }

    @Override
    public PciId id() {
        return inner.id();
    }

    @Override
    public int configRead32(int offset) {
        int value = inner.configRead32(offset);
        recorder.event("r", config(offset), Integer.toHexString(value));
        return value;
    }

    @Override
    public void configWrite32(int offset, int value) {
        recorder.event("w", config(offset), Integer.toHexString(value));
        inner.configWrite32(offset, value);
    }

    private static String config(int offset) {
        return "config+" + Integer.toHexString(offset);
    }

    @Override
    public void enable() throws NetException {
        recorder.event("slot", "enable", "");
        inner.enable();
    }

    @Override
    public void disable() {
        recorder.event("slot", "disable", "");
        inner.disable();
    }

    @Override
    public void reset() throws NetException {
        recorder.event("slot", "reset", "");
        inner.reset();
    }

    @Override
    public IoMemory mapBar(int bar) throws NetException {
        IoMemory window = inner.mapBar(bar);
        recorder.event("slot", "map-bar", Integer.toString(bar));
        Chip words =
                bar == 0 ? chip : new Chip("", java.util.Map.of(), List.of(), java.util.Map.of(), java.util.Map.of());
        return new TracedRegisters(window, words, bar == 0 ? "" : "bar" + bar, bar == 0 ? rings : List.of(), recorder);
    }

    @Override
    public DmaMapper dma() {
        return dma;
    }

    @Override
    public IrqVectors allocIrqVectors(int least, int most, List<IrqKind> kinds) throws NetException {
        try {
            IrqVectors granted = inner.allocIrqVectors(least, most, kinds);
            recorder.event("slot", "vectors", granted.irqs().size() + " " + granted.kind());
            return new TracedVectors(granted, recorder);
        } catch (NetException e) {
            recorder.event("slot", "vectors", "refused " + kinds);
            throw e;
        }
    }

    void close() {
        recorder.close();
    }

    @Override
    public String toString() {
        return inner.toString();
    }
}
