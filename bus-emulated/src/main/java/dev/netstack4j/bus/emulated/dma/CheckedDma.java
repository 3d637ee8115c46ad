package dev.netstack4j.bus.emulated.dma;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.bus.emulated.fault.DmaFaults;
import org.jspecify.annotations.Nullable;

/// Identity with a record of ownership. A chip that touches what was not mapped for it, and a driver that touches what
/// the chip owns, fail with a message that names both places.
public final class CheckedDma extends IdentityDma {
    private final String device;
    private final OwnershipTable table;
    private volatile @Nullable String fault;

    /// @param device the device's name; ownership is per device
    public CheckedDma(PhysicalMemory memory, DmaFaults injected, Clock clock, String device, OwnershipTable table) {
        super(memory, injected, clock);
        this.device = device;
        this.table = table;
    }

    @Override
    public long allocCoherent(int bytes) {
        long at = super.allocCoherent(bytes);
        if (at >= 0) {
            table.add(new Mapping(device, at, bytes, DmaDirection.BIDIRECTIONAL, true, Places.caller()));
        }
        return at;
    }

    @Override
    public void freeCoherent(long address, int bytes) {
        remove(address, bytes, DmaDirection.BIDIRECTIONAL, "frees coherent memory of ");
        super.freeCoherent(address, bytes);
    }

    @Override
    public long map(long address, int bytes, DmaDirection direction) {
        long bus = super.map(address, bytes, direction);
        if (bus != MAPPING_ERROR && bytes > 0) {
            table.add(new Mapping(device, address, bytes, direction, false, Places.caller()));
        }
        return bus;
    }

    @Override
    public void unmap(long busAddress, int bytes, DmaDirection direction) {
        if (bytes > 0) {
            remove(busAddress, bytes, direction, "unmaps ");
        }
    }

    private void remove(long at, int bytes, DmaDirection direction, String verb) {
        if (table.remove(device, at, bytes, direction, Places.caller()) == null) {
            throw wrong(verb, at, bytes);
        }
    }

    private IllegalStateException wrong(String verb, long at, int bytes) {
        return new IllegalStateException("the driver of " + device + " " + verb + bytes + " bytes at 0x"
                + Long.toHexString(at) + " at " + Places.caller() + ", which it did not map so: "
                + table.history(at, bytes));
    }

    @Override
    public void syncForCpu(long busAddress, int bytes, DmaDirection direction) {
        handOver(busAddress, bytes, false);
    }

    @Override
    public void syncForDevice(long busAddress, int bytes, DmaDirection direction) {
        handOver(busAddress, bytes, true);
    }

    private void handOver(long at, int bytes, boolean toDevice) {
        if (!table.handOver(device, at, bytes, toDevice)) {
            throw wrong("syncs ", at, bytes);
        }
    }

    @Override
    public boolean mayRead(long at, int bytes, String what) {
        return super.mayRead(at, bytes, what) && allowed(at, bytes, what, false);
    }

    @Override
    public boolean mayWrite(long at, int bytes, String what) {
        return super.mayWrite(at, bytes, what) && allowed(at, bytes, what, true);
    }

    private boolean allowed(long at, int bytes, String what, boolean write) {
        if (bytes == 0 || table.lets(device, at, bytes, write)) {
            return true;
        }
        fault = device + (write ? " writes " : " reads ") + bytes + " bytes at 0x" + Long.toHexString(at) + " as "
                + what + ", which are not its own: " + table.history(at, bytes);
        return fault();
    }

    @Override
    public @Nullable String takeFault() {
        String f = fault;
        if (f != null) {
            fault = null;
        }
        return f;
    }
}
