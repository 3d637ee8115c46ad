package dev.netstack4j.bus.emulated.dma;

import dev.netstack4j.api.hardware.DmaDirection;

/// A stretch of memory that a device may touch.
final class Mapping {
    final String device;
    final long at;
    final int bytes;
    final DmaDirection direction;
    final boolean coherent;
    final String mappedAt;
    /// Coherent memory belongs to both at all times.
    boolean deviceOwns = true;
    String unmappedAt = "";

    Mapping(String device, long at, int bytes, DmaDirection direction, boolean coherent, String mappedAt) {
        this.device = device;
        this.at = at;
        this.bytes = bytes;
        this.direction = direction;
        this.coherent = coherent;
        this.mappedAt = mappedAt;
    }

    boolean contains(long from, int length) {
        return from >= at && from + length <= at + bytes;
    }

    boolean overlaps(long from, int length) {
        return from < at + bytes && from + length > at;
    }

    boolean lets(boolean write) {
        return coherent || direction == DmaDirection.BIDIRECTIONAL || (direction == DmaDirection.FROM_DEVICE) == write;
    }

    /// Whether a CPU's access would disturb the device: any while it may write, writes while it may read.
    boolean forbidsCpu(boolean write) {
        return !coherent && deviceOwns && (write || direction != DmaDirection.TO_DEVICE);
    }

    @Override
    public String toString() {
        return bytes + " bytes at 0x" + Long.toHexString(at) + " (" + (coherent ? "coherent" : direction.toString())
                + ") mapped for " + device + " at " + mappedAt
                + (unmappedAt.isEmpty() ? "" : ", unmapped at " + unmappedAt);
    }
}
