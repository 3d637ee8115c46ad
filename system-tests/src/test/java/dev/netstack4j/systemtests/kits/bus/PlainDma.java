package dev.netstack4j.systemtests.kits.bus;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;

/// An address is a bus address.
final class PlainDma implements DmaMapper {
    private final PhysicalMemory memory;
    private final BusDefect defect;

    PlainDma(PhysicalMemory memory, BusDefect defect) {
        this.memory = memory;
        this.defect = defect;
    }

    @Override
    public PhysicalMemory memory() {
        return memory;
    }

    @Override
    public long allocCoherent(int bytes) {
        long at = memory.allocate(bytes + (defect == BusDefect.UNALIGNED ? 64 : 0));
        if (at < 0 && defect == BusDefect.THROWS_WHEN_SHORT) {
            throw new IllegalStateException("no memory");
        }
        if (at >= 0 && defect == BusDefect.NOT_ZEROED) {
            memory.segment().asSlice(at, bytes).fill((byte) 1);
        }
        return at < 0 || defect != BusDefect.UNALIGNED ? at : at + 64;
    }

    @Override
    public void freeCoherent(long address, int bytes) {
        if (defect == BusDefect.UNALIGNED) {
            memory.free(address - 64, bytes + 64);
        } else if (defect != BusDefect.KEEPS_MEMORY) {
            memory.free(address, bytes);
        }
    }

    @Override
    public long map(long address, int bytes, DmaDirection direction) {
        boolean inside = address >= 0 && bytes >= 0 && address + bytes <= memory.size();
        return inside || defect == BusDefect.MAPS_ANYTHING ? address : MAPPING_ERROR;
    }

    @Override
    public void unmap(long busAddress, int bytes, DmaDirection direction) {}

    @Override
    public void syncForCpu(long busAddress, int bytes, DmaDirection direction) {}

    @Override
    public void syncForDevice(long busAddress, int bytes, DmaDirection direction) {}
}
