package dev.netstack4j.proto.ipv4.fragment;

import org.jspecify.annotations.Nullable;

/// The datagrams that wait, by hash and by age, and those that are free for re-use. Guarded by the lock of
/// [Reassembly].
final class DatagramTable {
    private static final int BUCKETS = 256;

    private final @Nullable Datagram[] buckets = new @Nullable Datagram[BUCKETS];
    private final int key;
    private @Nullable Datagram oldest;
    private @Nullable Datagram youngest;
    private @Nullable Datagram free;
    private long memory;

    DatagramTable(int key) {
        this.key = key;
    }

    private int bucket(int source, int destination, int ident, int protocol) {
        int h = (source ^ key) * 0x9E37_79B1 + destination * 0x85EB_CA6B + (ident << 8 | protocol) * 0xC2B2_AE35;
        return (h ^ h >>> 16) & BUCKETS - 1;
    }

    @Nullable
    Datagram find(int source, int destination, int ident, int protocol) {
        Datagram d = buckets[bucket(source, destination, ident, protocol)];
        while (d != null && !d.isFor(source, destination, ident, protocol)) {
            d = d.nextInBucket;
        }
        return d;
    }

    boolean hasFree() {
        return free != null;
    }

    void addFree(Datagram d) {
        d.nextInBucket = free;
        free = d;
    }

    /// Takes a free one and links it; there is one.
    Datagram begin(int source, int destination, int ident, int protocol, long deadline) {
        Datagram d = free;
        if (d == null) {
            throw new IllegalStateException("no free datagram");
        }
        free = d.nextInBucket;
        d.begin(source, destination, ident, protocol, deadline);
        d.bucket = bucket(source, destination, ident, protocol);
        d.nextInBucket = buckets[d.bucket];
        buckets[d.bucket] = d;
        d.older = youngest;
        d.younger = null;
        if (youngest == null) {
            oldest = d;
        } else {
            youngest.younger = d;
        }
        youngest = d;
        return d;
    }

    /// Unlinks it; its fragments stay with it.
    void remove(Datagram d) {
        Datagram before = buckets[d.bucket];
        if (before == d) {
            buckets[d.bucket] = d.nextInBucket;
        } else {
            while (before != null && before.nextInBucket != d) {
                before = before.nextInBucket;
            }
            if (before != null) {
                before.nextInBucket = d.nextInBucket;
            }
        }
        unlinkByAge(d);
        memory -= d.memory;
    }

    private void unlinkByAge(Datagram d) {
        if (d.older == null) {
            oldest = d.younger;
        } else {
            d.older.younger = d.younger;
        }
        if (d.younger == null) {
            youngest = d.older;
        } else {
            d.younger.older = d.older;
        }
        d.older = null;
        d.younger = null;
        d.nextInBucket = null;
    }

    @Nullable
    Datagram oldest() {
        return oldest;
    }

    void charge(int bytes) {
        memory += bytes;
    }

    long memory() {
        return memory;
    }
}
