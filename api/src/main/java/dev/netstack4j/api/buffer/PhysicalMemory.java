package dev.netstack4j.api.buffer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The one memory of a host. An address is an offset into it, and the bus address of a device is the same offset.
/// Multi-byte accessors without a suffix use network order, those with `Le` the little-endian order of PCI devices.
public final class PhysicalMemory {
    /// Unit of [#allocate]: 64 KiB.
    public static final int CHUNK = 1 << 16;

    private static final ValueLayout.OfShort SHORT_BE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT_BE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG_BE = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT_LE = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG_LE = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_LE_HANDLE = INT_LE.varHandle();
    private static final VarHandle LONG_LE_HANDLE = LONG_LE.varHandle();

    private final MemorySegment segment;
    private final ChunkMap chunks;
    private @Nullable MemoryGuard guard;

    /// @param segment     the bytes; at most 2 GiB, a multiple of [#CHUNK]
    /// @param reservedLow bytes at the start that are never handed out
    public PhysicalMemory(MemorySegment segment, int reservedLow) {
        if (segment.byteSize() % CHUNK != 0 || segment.byteSize() > 1L << 31) {
            throw new IllegalArgumentException("physical memory must be a multiple of 64 KiB and at most 2 GiB, not "
                    + segment.byteSize() + " bytes");
        }
        this.segment = segment;
        this.chunks = new ChunkMap((int) (segment.byteSize() / CHUNK), (reservedLow + CHUNK - 1) / CHUNK);
    }

    /// The bytes themselves, for buses and wires that hand them to devices or to the operating system.
    public MemorySegment segment() {
        return segment;
    }

    /// Size in bytes.
    public long size() {
        return segment.byteSize();
    }

    /// Reserves `bytes` (rounded up to whole chunks), contiguous and zeroed.
    ///
    /// @return the address, or -1 when there is no room
    public long allocate(int bytes) {
        int count = (bytes + CHUNK - 1) / CHUNK;
        int first = chunks.take(count);
        if (first < 0) {
            return -1;
        }
        segment.asSlice((long) first * CHUNK, (long) count * CHUNK).fill((byte) 0);
        return (long) first * CHUNK;
    }

    /// Gives back what [#allocate] returned.
    public void free(long address, int bytes) {
        chunks.give((int) (address / CHUNK), (bytes + CHUNK - 1) / CHUNK);
    }

    /// Bytes that nobody holds.
    public long freeBytes() {
        return (long) chunks.free() * CHUNK;
    }

    /// Installs a watcher, or removes it with null. For tests.
    public void guard(@Nullable MemoryGuard guard) {
        this.guard = guard;
    }

    private void check(long at, int length, boolean write) {
        MemoryGuard g = guard;
        if (g != null) {
            g.cpuAccess(at, length, write);
        }
    }

    /// Unsigned byte.
    public int get8(long at) {
        check(at, 1, false);
        return segment.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    }

    /// Unsigned 16 bits.
    public int get16(long at) {
        check(at, 2, false);
        return segment.get(SHORT_BE, at) & 0xFFFF;
    }

    /// 32 bits.
    public int get32(long at) {
        check(at, 4, false);
        return segment.get(INT_BE, at);
    }

    /// 64 bits.
    public long get64(long at) {
        check(at, 8, false);
        return segment.get(LONG_BE, at);
    }

    /// Writes a byte.
    public void put8(long at, int value) {
        check(at, 1, true);
        segment.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }

    /// Writes 16 bits.
    public void put16(long at, int value) {
        check(at, 2, true);
        segment.set(SHORT_BE, at, (short) value);
    }

    /// Writes 32 bits.
    public void put32(long at, int value) {
        check(at, 4, true);
        segment.set(INT_BE, at, value);
    }

    /// Writes 64 bits.
    public void put64(long at, long value) {
        check(at, 8, true);
        segment.set(LONG_BE, at, value);
    }

    /// 32 bits, little-endian; what follows in program order is not moved before it. For descriptors; 4-byte aligned.
    public int get32LeAcquire(long at) {
        return (int) INT_LE_HANDLE.getAcquire(segment, at);
    }

    /// Writes 32 bits, little-endian; what precedes in program order is not moved behind it. 4-byte aligned.
    public void put32LeRelease(long at, int value) {
        INT_LE_HANDLE.setRelease(segment, at, value);
    }

    /// 64 bits, little-endian, acquire. 8-byte aligned.
    public long get64LeAcquire(long at) {
        return (long) LONG_LE_HANDLE.getAcquire(segment, at);
    }

    /// Writes 64 bits, little-endian, release. 8-byte aligned.
    public void put64LeRelease(long at, long value) {
        LONG_LE_HANDLE.setRelease(segment, at, value);
    }

    /// 64 bits, little-endian, plain.
    public long get64Le(long at) {
        return segment.get(LONG_LE, at);
    }

    /// Writes 64 bits, little-endian, plain.
    public void put64Le(long at, long value) {
        segment.set(LONG_LE, at, value);
    }

    /// Copies out of this memory.
    public void read(long at, byte[] target, int offset, int length) {
        check(at, length, false);
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, target, offset, length);
    }

    /// Copies into this memory.
    public void write(long at, byte[] source, int offset, int length) {
        check(at, length, true);
        MemorySegment.copy(source, offset, segment, ValueLayout.JAVA_BYTE, at, length);
    }

    /// Copies from any segment into this memory.
    public void write(long at, MemorySegment source, long offset, int length) {
        check(at, length, true);
        MemorySegment.copy(source, offset, segment, at, length);
    }

    /// Copies from this memory to any segment.
    public void read(long at, MemorySegment target, long offset, int length) {
        check(at, length, false);
        MemorySegment.copy(segment, at, target, offset, length);
    }

    /// Copies within this memory.
    public void move(long from, long to, int length) {
        check(from, length, false);
        check(to, length, true);
        MemorySegment.copy(segment, from, segment, to, length);
    }

    /// The ones' complement sum of `length` bytes, folded to 16 bits, in network order; not complemented.
    public int sum(long at, int length) {
        check(at, length, false);
        return Checksum.sum(segment, at, length);
    }
}
