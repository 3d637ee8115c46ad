package dev.netstack4j.core.net.neighbour;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.device.NetDevice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A hash table that is read without a lock: chains grow at the head, and an entry that leaves keeps its link, so that
/// a reader on it finds on. Changes hold the cache's lock. The hash is keyed, so that nobody can choose the collisions.
final class NeighbourBuckets {
    private static final int BUCKETS = 1024;

    private final Bucket[] buckets = new Bucket[BUCKETS];
    private final long key;
    private volatile int size;

    NeighbourBuckets(long key) {
        this.key = key | 1;
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] = new Bucket();
        }
    }

    private static final class Bucket {
        volatile @Nullable NeighbourEntry first;
    }

    private Bucket bucketOf(IpAddress address, NetDevice device) {
        long h = (address.low() ^ key) * 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 32 ^ address.high() + device.ifIndex()) * (key | 1);
        return buckets[(int) (h >>> 40) & BUCKETS - 1];
    }

    int size() {
        return size;
    }

    @Nullable
    NeighbourEntry find(IpAddress address, NetDevice device) {
        NeighbourEntry e = bucketOf(address, device).first;
        while (e != null && (e.device() != device || !e.address().equals(address))) {
            e = e.nextInBucket;
        }
        return e;
    }

    void add(NeighbourEntry entry) {
        Bucket b = bucketOf(entry.address(), entry.device());
        entry.nextInBucket = b.first;
        b.first = entry;
        size++;
    }

    void remove(NeighbourEntry entry) {
        Bucket b = bucketOf(entry.address(), entry.device());
        NeighbourEntry before = null;
        NeighbourEntry e = b.first;
        while (e != null && e != entry) {
            before = e;
            e = e.nextInBucket;
        }
        if (e == null) {
            return;
        }
        if (before == null) {
            b.first = e.nextInBucket;
        } else {
            before.nextInBucket = e.nextInBucket;
        }
        size--;
    }

    /// All entries, in no useful order.
    List<NeighbourEntry> all() {
        List<NeighbourEntry> all = new ArrayList<>();
        for (Bucket b : buckets) {
            for (NeighbourEntry e = b.first; e != null; e = e.nextInBucket) {
                all.add(e);
            }
        }
        return all;
    }
}
