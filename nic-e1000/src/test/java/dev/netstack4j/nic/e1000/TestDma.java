package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import java.util.Map;
import java.util.TreeMap;

/// Keeps account of what the driver has mapped, and refuses when told.
final class TestDma implements DmaMapper {
    final Map<Long, Integer> mapped = new TreeMap<>();
    final Map<Long, Integer> coherent = new TreeMap<>();
    int coherentUntilFailure = Integer.MAX_VALUE;
    int mapsUntilFailure = Integer.MAX_VALUE;
    private final PhysicalMemory memory;

    TestDma(PhysicalMemory memory) {
        this.memory = memory;
    }

    boolean isEmpty() {
        return mapped.isEmpty() && coherent.isEmpty();
    }

    @Override
    public PhysicalMemory memory() {
        return memory;
    }

    @Override
    public long allocCoherent(int bytes) {
        if (--coherentUntilFailure < 0) {
            coherentUntilFailure = Integer.MAX_VALUE;
            return -1;
        }
        long at = memory.allocate(bytes);
        coherent.put(at, bytes);
        return at;
    }

    @Override
    public void freeCoherent(long address, int bytes) {
        if (!coherent.remove(address, bytes)) {
            throw new AssertionError("freed " + address + ", which was not allocated");
        }
        memory.free(address, bytes);
    }

    @Override
    public long map(long address, int bytes, DmaDirection direction) {
        if (--mapsUntilFailure < 0) {
            return MAPPING_ERROR;
        }
        if (mapped.put(address, bytes) != null) {
            throw new AssertionError("mapped " + address + " twice");
        }
        return address;
    }

    @Override
    public void unmap(long busAddress, int bytes, DmaDirection direction) {
        if (!mapped.remove(busAddress, bytes)) {
            throw new AssertionError("unmapped " + busAddress + " of " + bytes + " bytes, which was not mapped");
        }
    }

    @Override
    public void syncForCpu(long busAddress, int bytes, DmaDirection direction) {}

    @Override
    public void syncForDevice(long busAddress, int bytes, DmaDirection direction) {}
}
