package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;

/// The bus address is the address: QEMU's memory is the host's.
record Dma(PhysicalMemory memory) implements DmaMapper {
    @Override
    public long allocCoherent(int bytes) {
        return memory.allocate(bytes);
    }

    @Override
    public void freeCoherent(long address, int bytes) {
        memory.free(address, bytes);
    }

    @Override
    public long map(long address, int bytes, DmaDirection direction) {
        return address >= 0 && bytes >= 0 && address <= memory.size() - bytes ? address : MAPPING_ERROR;
    }

    @Override
    public void unmap(long busAddress, int bytes, DmaDirection direction) {}

    @Override
    public void syncForCpu(long busAddress, int bytes, DmaDirection direction) {}

    @Override
    public void syncForDevice(long busAddress, int bytes, DmaDirection direction) {}
}
