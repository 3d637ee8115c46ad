package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;
import java.lang.invoke.VarHandle;

/// A split virtqueue (virtio 1.2, section 2.7): descriptors, a ring in which the driver offers chains of them, and a
/// ring in which the device gives them back. All lie in memory that both see; numbers are little-endian.
///
/// ```
/// descriptor  address 64 | length 32 | flags 16 | next 16
/// available   flags 16 | index 16 | head 16, head 16 ...
/// used        flags 16 | index 16 | (head 32 | written 32), ...
/// ```
final class Virtqueue {
    static final int NEXT = 1;
    static final int DEVICE_WRITES = 2;

    private static final int DESCRIPTOR = 16;
    private static final int USED_ENTRY = 8;
    private static final int NO_INTERRUPT = 1;
    private static final int INDEX_MASK = 0xFFFF;

    private final DmaMapper dma;
    private final PhysicalMemory memory;
    private final int size;
    private final long base;
    private int flags;
    private int offered;
    private int taken;

    /// @param size descriptors, a power of two
    Virtqueue(DmaMapper dma, int size) throws NetException {
        this.dma = dma;
        this.size = size;
        memory = dma.memory();
        base = dma.allocCoherent(bytes());
        if (base < 0) {
            throw new NetException(Errno.ENOMEM, "allocate a queue of " + size + " descriptors");
        }
    }

    private int bytes() {
        return size * (DESCRIPTOR + 2 + USED_ENTRY) + 32;
    }

    int size() {
        return size;
    }

    long descriptors() {
        return base;
    }

    long available() {
        return base + (long) size * DESCRIPTOR;
    }

    long used() {
        return available() + 8 + size * 2L;
    }

    // ---- the driver offers

    void describe(int index, long address, int length, int descriptorFlags, int next) {
        long at = base + (long) index * DESCRIPTOR;
        memory.put64Le(at, address);
        memory.put64Le(at + 8, length & 0xFFFF_FFFFL | (long) descriptorFlags << 32 | (long) next << 48);
    }

    /// Offers the chain that begins at `head`; the device does not see it before [#publish].
    void offer(int head) {
        long at = available() + 4 + (offered & size - 1) * 2L;
        memory.put16(at, Short.reverseBytes((short) head) & 0xFFFF);
        offered++;
    }

    /// Shows the device all that was offered. Flags and index are one word.
    void publish() {
        memory.put32LeRelease(available(), flags | (offered & INDEX_MASK) << 16);
    }

    /// Asks for interrupts, or for none. After asking for them look at [#hasUsed]: the device may have been faster.
    void wantInterrupts(boolean on) {
        flags = on ? 0 : NO_INTERRUPT;
        publish();
        VarHandle.fullFence();
    }

    // ---- the device gives back

    boolean hasUsed() {
        return memory.get32LeAcquire(used()) >>> 16 != (taken & INDEX_MASK);
    }

    /// Head of the next chain that came back.
    int usedHead() {
        return memory.get32LeAcquire(usedEntry());
    }

    /// Bytes that the device wrote into it.
    int usedBytes() {
        return memory.get32LeAcquire(usedEntry() + 4);
    }

    private long usedEntry() {
        return used() + 4 + (long) (taken & size - 1) * USED_ENTRY;
    }

    void takeUsed() {
        taken++;
    }

    void free() {
        dma.freeCoherent(base, bytes());
    }
}
