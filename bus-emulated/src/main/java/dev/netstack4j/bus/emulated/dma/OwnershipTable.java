package dev.netstack4j.bus.emulated.dma;

import dev.netstack4j.api.buffer.MemoryGuard;
import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.runtime.SpinLock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who owns which bytes of a host's memory, for every device of its bus. Slow and allocating: it is for tests.
public final class OwnershipTable implements MemoryGuard {
    private static final int REMEMBERED = 64;

    private final List<List<Mapping>> byChunk = new ArrayList<>();
    private final Deque<Mapping> former = new ArrayDeque<>();
    private final SpinLock lock;

    /// @param memory the memory that is watched; this table becomes its guard
    public OwnershipTable(PhysicalMemory memory, SpinLock lock) {
        this.lock = lock;
        for (long c = 0; c < memory.size(); c += PhysicalMemory.CHUNK) {
            byChunk.add(new ArrayList<>());
        }
        memory.guard(this);
    }

    void add(Mapping m) {
        lock.lock();
        try {
            for (int c = chunk(m.at); c <= chunk(m.at + m.bytes - 1); c++) {
                byChunk.get(c).add(m);
            }
        } finally {
            lock.unlock();
        }
    }

    private static int chunk(long at) {
        return (int) (at / PhysicalMemory.CHUNK);
    }

    /// Removes the mapping that was made with just these values.
    ///
    /// @return null when there is none
    @Nullable
    Mapping remove(String device, long at, int bytes, DmaDirection direction, String place) {
        lock.lock();
        try {
            Mapping m = find(device, at, bytes, direction);
            if (m != null) {
                take(m, place);
            }
            return m;
        } finally {
            lock.unlock();
        }
    }

    private void take(Mapping m, String place) {
        m.unmappedAt = place;
        for (int c = chunk(m.at); c <= chunk(m.at + m.bytes - 1); c++) {
            byChunk.get(c).remove(m);
        }
        former.addFirst(m);
        if (former.size() > REMEMBERED) {
            former.removeLast();
        }
    }

    private @Nullable Mapping find(String device, long at, int bytes, DmaDirection direction) {
        for (Mapping m : listAt(at)) {
            if (m.at == at && m.bytes == bytes && m.direction == direction && m.device.equals(device)) {
                return m;
            }
        }
        return null;
    }

    private List<Mapping> listAt(long at) {
        int c = at < 0 ? -1 : chunk(at);
        return c < 0 || c >= byChunk.size() ? List.of() : byChunk.get(c);
    }

    /// Hands a part of a mapping over.
    ///
    /// @return whether the device has such a mapping
    boolean handOver(String device, long at, int bytes, boolean toDevice) {
        lock.lock();
        try {
            for (Mapping m : listAt(at)) {
                if (m.contains(at, bytes) && m.device.equals(device)) {
                    m.deviceOwns = toDevice;
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Whether the device may access these bytes now.
    boolean lets(String device, long at, int bytes, boolean write) {
        lock.lock();
        try {
            for (Mapping m : listAt(at)) {
                if (m.device.equals(device) && m.contains(at, bytes) && m.lets(write) && (m.coherent || m.deviceOwns)) {
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// What is or was known of these bytes, for messages.
    String history(long at, int bytes) {
        lock.lock();
        try {
            for (Mapping m : listAt(at)) {
                if (m.overlaps(at, bytes)) {
                    return m + (m.deviceOwns ? "" : ", which the driver holds now");
                }
            }
            for (Mapping m : former) {
                if (m.overlaps(at, bytes)) {
                    return "there was: " + m;
                }
            }
            return "never mapped";
        } finally {
            lock.unlock();
        }
    }

    /// Every mapping that is not undone.
    public List<String> held() {
        lock.lock();
        try {
            List<Mapping> held = new ArrayList<>();
            for (List<Mapping> l : byChunk) {
                l.stream().filter(m -> !held.contains(m)).forEach(held::add);
            }
            return held.stream().map(Mapping::toString).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cpuAccess(long address, int length, boolean write) {
        Mapping m = forbidding(address, length, write);
        if (m != null) {
            throw new IllegalStateException("the CPU " + (write ? "writes " : "reads ") + length + " bytes at 0x"
                    + Long.toHexString(address) + " at " + Places.caller() + " while the device owns them: " + m);
        }
    }

    private @Nullable Mapping forbidding(long address, int length, boolean write) {
        lock.lock();
        try {
            for (Mapping m : listAt(address)) {
                if (m.forbidsCpu(write) && m.overlaps(address, length)) {
                    return m;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
