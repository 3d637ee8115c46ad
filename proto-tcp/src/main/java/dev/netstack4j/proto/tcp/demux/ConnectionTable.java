package dev.netstack4j.proto.tcp.demux;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.proto.tcp.control.ConnectionEntry;
import org.jspecify.annotations.Nullable;

/// All connections by their four ends. Readers take no lock: chains are linked through volatile fields, a removed entry
/// keeps its successor. While the table grows a reader may miss an entry that moves; it sees that by the version and
/// looks again under the lock.
@Linux("net/ipv4/inet_hashtables.c#__inet_lookup_established")
final class ConnectionTable {
    private static final int FIRST_SIZE = 1024;
    private static final int MOST = 1 << 20;
    private final SpinLock lock;
    private volatile Bucket[] buckets = make(FIRST_SIZE);
    private volatile int version;
    private int size;
    private volatile int timeWaits;

    ConnectionTable(SpinLock lock) {
        this.lock = lock;
    }

    private static final class Bucket {
        volatile @Nullable ConnectionEntry first;
    }

    private static Bucket[] make(int n) {
        Bucket[] made = new Bucket[n];
        for (int i = 0; i < n; i++) {
            made[i] = new Bucket();
        }
        return made;
    }

    /// The entry with these ends, or null.
    @Nullable
    ConnectionEntry find(long localHigh, long localLow, long remoteHigh, long remoteLow, int ports, int hash) {
        int before = version;
        ConnectionEntry found = search(localHigh, localLow, remoteHigh, remoteLow, ports, hash);
        if (found != null || before == version && (before & 1) == 0) {
            return found;
        }
        lock.lock();
        try {
            return search(localHigh, localLow, remoteHigh, remoteLow, ports, hash);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ConnectionEntry search(
            long localHigh, long localLow, long remoteHigh, long remoteLow, int ports, int hash) {
        Bucket[] table = buckets;
        ConnectionEntry e = table[hash & table.length - 1].first;
        while (e != null && (e.removed || !e.matches(localHigh, localLow, remoteHigh, remoteLow, ports))) {
            e = e.next;
        }
        return e;
    }

    /// Adds an entry before others with the same ends.
    void insert(ConnectionEntry entry, int hash) {
        entry.hash = hash;
        Bucket[] larger = larger();
        lock.lock();
        try {
            add(entry, larger);
        } finally {
            lock.unlock();
        }
    }

    /// Adds an entry unless there is one with the same ends.
    ///
    /// @return whether it was added
    boolean insertIfAbsent(ConnectionEntry entry, int hash) {
        entry.hash = hash;
        Bucket[] larger = larger();
        lock.lock();
        try {
            if (search(entry.localHigh, entry.localLow, entry.remoteHigh, entry.remoteLow, entry.ports, hash) != null) {
                return false;
            }
            add(entry, larger);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// A larger table if it is time for one, made before the lock is taken.
    private Bucket @Nullable [] larger() {
        int now = buckets.length;
        return size >= now && now < MOST ? make(now * 2) : null;
    }

    private void add(ConnectionEntry entry, Bucket @Nullable [] larger) {
        if (larger != null && larger.length == buckets.length * 2) {
            growTo(larger);
        }
        link(buckets, entry);
        size++;
        timeWaits += entry.timeWait == null ? 0 : 1;
    }

    private static void link(Bucket[] table, ConnectionEntry entry) {
        Bucket b = table[entry.hash & table.length - 1];
        entry.next = b.first;
        b.first = entry;
    }

    private void growTo(Bucket[] larger) {
        version++;
        Bucket[] old = buckets;
        buckets = larger;
        for (Bucket b : old) {
            ConnectionEntry e = b.first;
            while (e != null) {
                ConnectionEntry next = e.next;
                link(larger, e);
                e = next;
            }
        }
        version++;
    }

    /// Takes an entry out, once.
    void remove(ConnectionEntry entry) {
        lock.lock();
        try {
            if (!entry.removed) {
                entry.removed = true;
                unlink(entry);
                size--;
                timeWaits -= entry.timeWait == null ? 0 : 1;
            }
        } finally {
            lock.unlock();
        }
    }

    private void unlink(ConnectionEntry entry) {
        Bucket[] table = buckets;
        Bucket b = table[entry.hash & table.length - 1];
        ConnectionEntry e = b.first;
        if (e == entry) {
            b.first = entry.next;
            return;
        }
        while (e != null) {
            ConnectionEntry next = e.next;
            if (next == entry) {
                e.next = entry.next;
                return;
            }
            e = next;
        }
    }

    /// Entries of connections in TIME-WAIT.
    int timeWaits() {
        return timeWaits;
    }

    /// Number of entries.
    int size() {
        return size;
    }

    /// Length of the longest chain. For tests and listings.
    int longestChain() {
        int longest = 0;
        for (Bucket b : buckets) {
            int n = 0;
            for (ConnectionEntry e = b.first; e != null; e = e.next) {
                n++;
            }
            longest = Math.max(longest, n);
        }
        return longest;
    }

    /// Calls `visitor` with every entry, in no order that matters. For listings.
    void forEach(java.util.function.Consumer<ConnectionEntry> visitor) {
        for (Bucket b : buckets) {
            for (ConnectionEntry e = b.first; e != null; e = e.next) {
                visitor.accept(e);
            }
        }
    }
}
