package dev.netstack4j.nic.igb;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;

/// The memory of one ring: 16-byte descriptors, shared with the device at all times.
final class DescriptorRing {
    private static final int BYTES = 16;

    private final DmaMapper dma;
    private final PhysicalMemory memory;
    private final long address;
    private final int count;

    /// @param count descriptors, a multiple of 8
    /// @throws NetException ENOMEM
    DescriptorRing(DmaMapper dma, int count, String name) throws NetException {
        this.dma = dma;
        this.count = count;
        memory = dma.memory();
        address = dma.allocCoherent(count * BYTES);
        if (address < 0) {
            throw new NetException(Errno.ENOMEM, "allocate a " + name + " ring of " + count + " descriptors");
        }
        for (int i = 0; i < count; i++) {
            write(i, 0, 0);
        }
    }

    int count() {
        return count;
    }

    long address() {
        return address;
    }

    int bytes() {
        return count * BYTES;
    }

    int after(int index) {
        return index + 1 == count ? 0 : index + 1;
    }

    void write(int index, long word0, long word1) {
        memory.put64Le(address + (long) index * BYTES, word0);
        memory.put64Le(address + (long) index * BYTES + 8, word1);
    }

    /// Word 1 as the driver last wrote it, with `bits` added. Before the device is told of the descriptor.
    void addBits(int index, long bits) {
        long at = address + (long) index * BYTES + 8;
        memory.put64Le(at, memory.get64Le(at) | bits);
    }

    /// Word 1 as the device wrote it; what is read afterwards is at least as new.
    long status(int index) {
        return memory.get64LeAcquire(address + (long) index * BYTES + 8);
    }

    /// Word 0; after [#status].
    long detail(int index) {
        return memory.get64Le(address + (long) index * BYTES);
    }

    void free() {
        dma.freeCoherent(address, bytes());
    }
}
