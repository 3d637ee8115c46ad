package dev.netstack4j.core.socket;

import dev.netstack4j.api.runtime.AtomicBits;

/// Bytes charged to one side of a socket; changed from every CPU that frees a packet.
final class MemoryCharge {
    private final AtomicBits bytes;

    MemoryCharge(AtomicBits bytes) {
        this.bytes = bytes;
    }

    void add(int more) {
        int now = bytes.get();
        while (!bytes.compareAndSet(now, now + more)) {
            now = bytes.get();
        }
    }

    int bytes() {
        return bytes.get();
    }
}
