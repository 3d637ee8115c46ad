package dev.netstack4j.bus.emulated.dma;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.bus.emulated.fault.DmaFaults;
import org.jspecify.annotations.Nullable;

/// The bus address is the address. A chip may touch all of the host's memory and nothing else.
public class IdentityDma implements HostDma {
    private final PhysicalMemory memory;
    private final DmaFaults injected;
    private final Clock clock;
    private final long size;
    private long faults; // written by engine and receiver of one device: a lost count does no harm

    /// @param memory   the host's memory
    /// @param injected what is to go wrong
    public IdentityDma(PhysicalMemory memory, DmaFaults injected, Clock clock) {
        this.memory = memory;
        this.injected = injected;
        this.clock = clock;
        this.size = memory.size();
    }

    @Override
    public final PhysicalMemory memory() {
        return memory;
    }

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
        return inside(address, bytes) ? address : MAPPING_ERROR;
    }

    @Override
    public void unmap(long busAddress, int bytes, DmaDirection direction) {}

    @Override
    public void syncForCpu(long busAddress, int bytes, DmaDirection direction) {}

    @Override
    public void syncForDevice(long busAddress, int bytes, DmaDirection direction) {}

    @Override
    public boolean mayRead(long at, int bytes, String what) {
        return inside(at, bytes) && !injected.aborts() || fault();
    }

    @Override
    public boolean mayWrite(long at, int bytes, String what) {
        return inside(at, bytes) && !injected.aborts() || fault();
    }

    @Override
    public final void writeBack64(long at, long value) {
        if (injected.isHolding()) {
            injected.hold(at, value, Long.BYTES, clock.nanos());
        } else {
            memory.put64LeRelease(at, value);
        }
    }

    @Override
    public final void writeBack32(long at, int value) {
        if (injected.isHolding()) {
            injected.hold(at, value, Integer.BYTES, clock.nanos());
        } else {
            memory.put32LeRelease(at, value);
        }
    }

    @Override
    public final boolean transmitterHangs() {
        return injected.hangs();
    }

    @Override
    public final void wasReset() {
        injected.reset();
    }

    private boolean inside(long at, int bytes) {
        return at >= 0 && bytes >= 0 && at <= size - bytes;
    }

    final boolean fault() {
        faults++;
        return false;
    }

    @Override
    public final long faults() {
        return faults;
    }

    @Override
    public @Nullable String takeFault() {
        return null;
    }

    @Override
    public void close() {}
}
