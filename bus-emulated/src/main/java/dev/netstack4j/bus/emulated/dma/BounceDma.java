package dev.netstack4j.bus.emulated.dma;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.bus.emulated.fault.DmaFaults;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Forces every mapping through a buffer of its own, so that a driver which forgets a sync fails. The chip may touch
/// these buffers and coherent memory and nothing else, so that a driver which uses an address instead of the bus
/// address fails too. For tests: it allocates.
public final class BounceDma extends IdentityDma {
    private final SpinLock lock;
    private final BounceSlots slots;
    private final TreeMap<Long, Bounce> bounces = new TreeMap<>();
    private final TreeMap<Long, Integer> coherent = new TreeMap<>();

    /// @param lock guards the table of mappings
    public BounceDma(PhysicalMemory memory, DmaFaults injected, Clock clock, SpinLock lock) {
        super(memory, injected, clock);
        this.lock = lock;
        this.slots = new BounceSlots(memory);
    }

    /// One mapping: where the driver's bytes are, and how many.
    private record Bounce(long original, int bytes) {}

    @Override
    public long allocCoherent(int bytes) {
        long at = super.allocCoherent(bytes);
        if (at >= 0) {
            lock.lock();
            coherent.put(at, bytes);
            lock.unlock();
        }
        return at;
    }

    @Override
    public void freeCoherent(long address, int bytes) {
        lock.lock();
        coherent.remove(address);
        lock.unlock();
        super.freeCoherent(address, bytes);
    }

    @Override
    public boolean mayRead(long at, int bytes, String what) {
        return super.mayRead(at, bytes, what) && (isForDevice(at, bytes) || fault());
    }

    @Override
    public boolean mayWrite(long at, int bytes, String what) {
        return super.mayWrite(at, bytes, what) && (isForDevice(at, bytes) || fault());
    }

    private boolean isForDevice(long at, int bytes) {
        lock.lock();
        try {
            var mapped = bounces.floorEntry(at);
            var ring = coherent.floorEntry(at);
            return mapped != null && at + bytes <= mapped.getKey() + mapped.getValue().bytes
                    || ring != null && at + bytes <= ring.getKey() + ring.getValue();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long map(long address, int bytes, DmaDirection direction) {
        if (super.map(address, bytes, direction) == MAPPING_ERROR) {
            return MAPPING_ERROR;
        }
        lock.lock();
        try {
            long slot = slots.take(bytes);
            if (slot >= 0) {
                bounces.put(slot, new Bounce(address, bytes));
                copyIn(address, slot, bytes, direction);
            }
            return slot;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void unmap(long busAddress, int bytes, DmaDirection direction) {
        lock.lock();
        try {
            Bounce b = bounces.remove(busAddress);
            if (b == null || b.bytes != bytes) {
                throw new IllegalStateException("unmap of " + bytes + " bytes at bus address 0x"
                        + Long.toHexString(busAddress) + " at " + Places.caller() + ", which were not mapped so");
            }
            copyOut(busAddress, b.original, bytes, direction);
            slots.give(busAddress, bytes);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void syncForCpu(long busAddress, int bytes, DmaDirection direction) {
        sync(busAddress, bytes, direction, false);
    }

    @Override
    public void syncForDevice(long busAddress, int bytes, DmaDirection direction) {
        sync(busAddress, bytes, direction, true);
    }

    private void sync(long bus, int bytes, DmaDirection direction, boolean toDevice) {
        lock.lock();
        try {
            long original = originalOf(bus, bytes);
            if (toDevice) {
                copyIn(original, bus, bytes, direction);
            } else {
                copyOut(bus, original, bytes, direction);
            }
        } finally {
            lock.unlock();
        }
    }

    private long originalOf(long bus, int bytes) {
        var entry = bounces.floorEntry(bus);
        @Nullable Bounce b = entry == null ? null : entry.getValue();
        if (entry == null || b == null || bus + bytes > entry.getKey() + b.bytes) {
            throw new IllegalStateException("sync of " + bytes + " bytes at bus address 0x" + Long.toHexString(bus)
                    + " at " + Places.caller() + ", which are not mapped");
        }
        return b.original + (bus - entry.getKey());
    }

    private void copyIn(long original, long bus, int bytes, DmaDirection direction) {
        if (direction != DmaDirection.FROM_DEVICE) {
            memory().move(original, bus, bytes);
        }
    }

    private void copyOut(long bus, long original, int bytes, DmaDirection direction) {
        if (direction != DmaDirection.TO_DEVICE) {
            memory().move(bus, original, bytes);
        }
    }

    @Override
    public void close() {
        slots.close();
    }
}
