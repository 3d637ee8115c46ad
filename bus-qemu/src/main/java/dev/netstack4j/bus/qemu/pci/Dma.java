package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.runtime.AtomicBits;

/// The bus address is the address: QEMU's memory is the host's. How many mappings there are is counted, so that one
/// that is never undone is told of.
///
/// @param memory the host's
/// @param held   mappings and pieces of coherent memory that there are now
record Dma(PhysicalMemory memory, AtomicBits held) implements DmaMapper {
    @Override
    public long allocCoherent(int bytes) {
        long at = memory.allocate(bytes);
        if (at >= 0) {
            count(1);
        }
        return at;
    }

    @Override
    public void freeCoherent(long address, int bytes) {
        count(-1);
        memory.free(address, bytes);
    }

    @Override
    public long map(long address, int bytes, DmaDirection direction) {
        if (address < 0 || bytes < 0 || address > memory.size() - bytes) {
            return MAPPING_ERROR;
        }
        count(1);
        return address;
    }

    @Override
    public void unmap(long busAddress, int bytes, DmaDirection direction) {
        count(-1);
    }

    private void count(int more) {
        int before;
        do {
            before = held.get();
        } while (!held.compareAndSet(before, before + more));
    }

    @Override
    public void syncForCpu(long busAddress, int bytes, DmaDirection direction) {}

    @Override
    public void syncForDevice(long busAddress, int bytes, DmaDirection direction) {}
}
