package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.testkit.kit.lab.Faults.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// DMA of one device, with a list of what is mapped.
public final class WatchedDma implements DmaMapper {
    private final DmaMapper inner;
    private final Faults faults;
    private final Watch watch;
    private final Map<Long, List<Mapped>> mapped = new TreeMap<>(); // by bus address
    private final Map<Long, Integer> coherent = new TreeMap<>();

    private record Mapped(long address, int bytes, DmaDirection direction) {}

    WatchedDma(DmaMapper inner, Faults faults, Watch watch) {
        this.inner = inner;
        this.faults = faults;
        this.watch = watch;
    }

    @Override
    public PhysicalMemory memory() {
        return inner.memory();
    }

    @Override
    public long allocCoherent(int bytes) {
        watch.mayWait(Marks.NO_WAIT, "allocates memory for a ring");
        if (faults.use(Resource.COHERENT)) {
            return -1;
        }
        long at = inner.allocCoherent(bytes);
        synchronized (this) {
            if (at >= 0) {
                coherent.put(at, bytes);
            }
        }
        return at;
    }

    @Override
    public void freeCoherent(long address, int bytes) {
        watch.mayWait(Marks.NO_WAIT, "frees memory of a ring");
        synchronized (this) {
            Integer had = coherent.remove(address);
            if (had == null || had != bytes) {
                watch.breaks(Marks.UNMAP, "frees " + bytes + " bytes of coherent memory of which it had " + had);
                return;
            }
        }
        inner.freeCoherent(address, bytes);
    }

    @Override
    public long map(long address, int bytes, DmaDirection direction) {
        if (faults.use(Resource.MAP)) {
            return MAPPING_ERROR;
        }
        long bus = inner.map(address, bytes, direction);
        synchronized (this) {
            if (bus != MAPPING_ERROR) {
                mapped.computeIfAbsent(bus, b -> new ArrayList<>()).add(new Mapped(address, bytes, direction));
            }
        }
        return bus;
    }

    @Override
    public void unmap(long busAddress, int bytes, DmaDirection direction) {
        if (!forget(busAddress, bytes, direction)) {
            watch.breaks(
                    Marks.UNMAP,
                    "unmaps " + bytes + " bytes " + direction + " at bus address 0x" + Long.toHexString(busAddress)
                            + ", which were not mapped so");
            return;
        }
        inner.unmap(busAddress, bytes, direction);
    }

    private synchronized boolean forget(long busAddress, int bytes, DmaDirection direction) {
        List<Mapped> there = mapped.get(busAddress);
        if (there == null) {
            return false;
        }
        boolean found = false;
        for (int i = 0; i < there.size() && !found; i++) {
            Mapped m = there.get(i);
            if (m.bytes == bytes && m.direction == direction) {
                there.remove(i);
                found = true;
            }
        }
        if (there.isEmpty()) {
            mapped.remove(busAddress);
        }
        return found;
    }

    @Override
    public void syncForCpu(long busAddress, int bytes, DmaDirection direction) {
        inner.syncForCpu(busAddress, bytes, direction);
    }

    @Override
    public void syncForDevice(long busAddress, int bytes, DmaDirection direction) {
        inner.syncForDevice(busAddress, bytes, direction);
    }

    // ---- what the kit asks

    /// Buffers that are mapped now.
    public synchronized int mappings() {
        int n = 0;
        for (List<Mapped> l : mapped.values()) {
            n += l.size();
        }
        return n;
    }

    /// Bytes of rings that are allocated now.
    public synchronized long coherentBytes() {
        return coherent.values().stream().mapToLong(Integer::longValue).sum();
    }

    /// Whether any of these bytes is mapped now.
    public synchronized boolean owns(long address, int bytes) {
        for (List<Mapped> l : mapped.values()) {
            for (Mapped m : l) {
                if (m.address < address + bytes && address < m.address + m.bytes) {
                    return true;
                }
            }
        }
        return false;
    }
}
