package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaDirection;
import dev.netstack4j.api.hardware.DmaMapper;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A split virtqueue (virtio 1.2, section 2.7): descriptors, a ring in which the driver offers them, and a ring in
/// which the device gives them back. All lie in memory that both see; numbers are little-endian. Each descriptor stands
/// for one packet, which is mapped and kept here while the device has it; chains are not used.
///
/// ```
/// descriptor  address 64 | length 32 | flags 16 | next 16
/// available   flags 16 | index 16 | head 16, head 16 ...
/// used        flags 16 | index 16 | (head 32 | written 32), ...
/// ```
class Virtqueue {
    /// Bytes before each frame, which tell of offloads. There are none, so they are zeros.
    static final int HEADER = 12;

    private static final int DEVICE_WRITES = 2;
    private static final int DESCRIPTOR = 16;
    private static final int USED_ENTRY = 8;
    private static final int NO_INTERRUPT = 1;

    private final VirtioPci virtio;
    private final int number;
    private final DmaMapper dma;
    private final DmaDirection direction;
    private final PhysicalMemory memory;
    final int size;
    private final int bytesOfMemory;
    private final long base;
    private final @Nullable SkBuff[] packets;
    private final long[] mapped;
    private final int[] lengths;
    private int doorbell;
    private int flags;
    private int offered;
    private int taken;
    int written; // of the last packet that came back
    long frames;
    long bytes;

    Virtqueue(VirtioPci virtio, int number, DmaMapper dma, DmaDirection direction) throws NetException {
        this.virtio = virtio;
        this.number = number;
        this.dma = dma;
        this.direction = direction;
        memory = dma.memory();
        size = Math.min(256, virtio.queueSize(number));
        bytesOfMemory = size * (DESCRIPTOR + 2 + USED_ENTRY) + 16;
        base = dma.allocCoherent(bytesOfMemory);
        if (base < 0) {
            throw new NetException(Errno.ENOMEM, "allocate a queue of " + size + " descriptors");
        }
        packets = new SkBuff[size];
        mapped = new long[size];
        lengths = new int[size];
    }

    private long available() {
        return base + (long) size * DESCRIPTOR;
    }

    private long used() {
        return available() + 8 + size * 2L;
    }

    /// Begins with an empty queue.
    void start() {
        memory.put32LeRelease(used(), 0);
        wantMessages(true);
        doorbell = virtio.startQueue(number, size, base, available(), used());
    }

    // ---- the driver offers

    boolean isHeld(int index) {
        return packets[index] != null;
    }

    /// Offers the first `length` bytes of a packet with a free descriptor; the device does not see it before
    /// [#ringDoorbell].
    ///
    /// @return false: they could not be mapped, and it is the caller's still
    boolean offer(int index, SkBuff skb, int length) {
        long bus = dma.map(skb.dataAddress(), length, direction);
        if (bus == DmaMapper.MAPPING_ERROR) {
            return false;
        }
        packets[index] = skb;
        mapped[index] = bus;
        lengths[index] = length;
        long flagBits = direction == DmaDirection.FROM_DEVICE ? (long) DEVICE_WRITES << 32 : 0;
        memory.put64Le(base + (long) index * DESCRIPTOR, bus);
        memory.put64Le(base + (long) index * DESCRIPTOR + 8, flagBits | length);
        long entry = available() + 4 + (offered++ & size - 1) * 2L;
        memory.put16(entry, Short.reverseBytes((short) index) & 0xFFFF);
        return true;
    }

    /// Shows the device all that was offered, and tells it to look.
    void ringDoorbell() {
        publish();
        virtio.notifyQueue(number, doorbell);
    }

    /// Flags and index are one word.
    private void publish() {
        memory.put32LeRelease(available(), flags | (offered & 0xFFFF) << 16);
    }

    /// Asks for messages, or for none.
    ///
    /// @return whether something had come back before the device saw that
    boolean wantMessages(boolean on) {
        flags = on ? 0 : NO_INTERRUPT;
        publish();
        VarHandle.fullFence();
        return hasUsed();
    }

    // ---- the device gives back

    boolean hasUsed() {
        return memory.get32LeAcquire(used()) >>> 16 != (taken & 0xFFFF);
    }

    /// The next packet that came back; how much of it the device wrote says `written`.
    SkBuff takeUsed() {
        long entry = used() + 4 + (long) (taken++ & size - 1) * USED_ENTRY;
        written = memory.get32LeAcquire(entry + 4);
        return release(memory.get32LeAcquire(entry) & size - 1);
    }

    private SkBuff release(int index) {
        SkBuff skb = packets[index];
        if (skb == null) {
            throw new IllegalStateException("the device gave back descriptor " + index + ", which it did not have");
        }
        packets[index] = null;
        dma.unmap(mapped[index], lengths[index], direction);
        return skb;
    }

    /// The device was reset: ends all packets that it has not given back.
    void forget(Consumer<SkBuff> end) {
        for (int index = 0; index < size; index++) {
            if (isHeld(index)) {
                end.accept(release(index));
            }
        }
        offered = 0;
        taken = 0;
    }

    void free() {
        dma.freeCoherent(base, bytesOfMemory);
    }
}
