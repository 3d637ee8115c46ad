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
/// Each method runs where its caller does.
class Virtqueue {
    static final int NEXT = 1;
    static final int DEVICE_WRITES = 2;

    private static final int DESCRIPTOR = 16;
    private static final int USED_ENTRY = 8;
    private static final int NO_INTERRUPT = 1;
    private static final int INDEX_MASK = 0xFFFF;
    private static final int MOST = 256;

    private final VirtioPci virtio;
    private final int number;
    private final DmaMapper dma;
    private final PhysicalMemory memory;
    private final int size;
    private final int bytesOfMemory;
    private final long base;
    private int doorbell;
    private int flags;
    private int offered;
    private int taken;
    private int written;

    Virtqueue(VirtioPci virtio, int number, DmaMapper dma) throws NetException {
        this.virtio = virtio;
        this.number = number;
        this.dma = dma;
        memory = dma.memory();
        size = Math.min(MOST, virtio.queueSize(number));
        bytesOfMemory = size * (DESCRIPTOR + 2 + USED_ENTRY) + 64;
        base = dma.allocCoherent(bytesOfMemory);
        if (base < 0) {
            throw new NetException(Errno.ENOMEM, "allocate a queue of " + size + " descriptors");
        }
    }

    int size() {
        return size;
    }

    private long available() {
        return base + (long) size * DESCRIPTOR;
    }

    private long used() {
        return available() + 8 + size * 2L;
    }

    /// Zeros for the driver's use, behind the rings.
    long spare() {
        return base + bytesOfMemory - 32;
    }

    /// Begins with an empty queue, whose messages come with `vector`.
    void start(int vector) {
        memory.put32LeRelease(used(), 0);
        wantMessages(true);
        doorbell = virtio.startQueue(number, size, vector, base, available(), used());
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

    /// Shows the device all that was offered, and tells it to look.
    void ringDoorbell() {
        publish();
        virtio.notifyQueue(number, doorbell);
    }

    /// Flags and index are one word.
    private void publish() {
        memory.put32LeRelease(available(), flags | (offered & INDEX_MASK) << 16);
    }

    /// Asks for messages, or for none. After asking for them look at [#hasUsed]: the device may have been faster.
    void wantMessages(boolean on) {
        flags = on ? 0 : NO_INTERRUPT;
        publish();
        VarHandle.fullFence();
    }

    // ---- the device gives back

    boolean hasUsed() {
        return memory.get32LeAcquire(used()) >>> 16 != (taken & INDEX_MASK);
    }

    /// Takes back the next chain; how much of it the device wrote says [#written].
    ///
    /// @return its head
    int takeHead() {
        long entry = used() + 4 + (long) (taken++ & size - 1) * USED_ENTRY;
        written = memory.get32LeAcquire(entry + 4);
        return memory.get32LeAcquire(entry) & size - 1;
    }

    int written() {
        return written;
    }

    /// The device was reset: all chains are back.
    void restart() {
        offered = 0;
        taken = 0;
    }

    void free() {
        dma.freeCoherent(base, bytesOfMemory);
    }
}
