package dev.netstack4j.pci.trace;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import java.util.List;

/// Memory of a device that is listened to: rings that come and go, and the descriptors of buffers that are taken back.
record TracedDma(DmaMapper inner, List<TracedRing> rings, Recorder recorder) implements DmaMapper {
    @Override
    public PhysicalMemory memory() {
        return inner.memory();
    }

    @Override
    public long allocCoherent(int bytes) {
        long at = inner.allocCoherent(bytes);
        recorder.event("slot", "coherent", at < 0 ? "none" : bytes + " bytes");
        return at;
    }

    @Override
    public void freeCoherent(long address, int bytes) {
        recorder.event("slot", "coherent-freed", bytes + " bytes");
        inner.freeCoherent(address, bytes);
    }

    @Override
    public long map(long address, int bytes, DmaDirection direction) {
        return inner.map(address, bytes, direction);
    }

    @Override
    public void unmap(long busAddress, int bytes, DmaDirection direction) {
        for (TracedRing ring : rings) {
            if (ring.takenBack(busAddress)) {
                break;
            }
        }
        inner.unmap(busAddress, bytes, direction);
    }

    @Override
    public void syncForCpu(long busAddress, int bytes, DmaDirection direction) {
        inner.syncForCpu(busAddress, bytes, direction);
    }

    @Override
    public void syncForDevice(long busAddress, int bytes, DmaDirection direction) {
        inner.syncForDevice(busAddress, bytes, direction);
    }
}
