package dev.netstack4j.proto.tcp.demux;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.proto.tcp.control.ConnectionEntry;
import org.jspecify.annotations.Nullable;

/// All connections by their four ends. Readers take no lock: a removed entry keeps its successor, and what a reader
/// missed because the table was changing it sees by the version, and looks again under the lock. Half of the chains are
/// empty, and no chain has a head of its own, so that the entry itself is nearly all that a lookup touches.
@Linux("net/ipv4/inet_hashtables.c#__inet_lookup_established")
final class ConnectionTable {
    private static final int FIRST_SIZE = 1024;
    private static final int MOST = 1 << 21;
    private final SpinLock lock;
    private volatile @Nullable ConnectionEntry[] heads = new @Nullable ConnectionEntry[FIRST_SIZE];
    private volatile int version; // odd while entries are added or moved
    private int size;
    private volatile int timeWaits;

    ConnectionTable(SpinLock lock) {
        this.lock = lock;
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
        @Nullable ConnectionEntry[] table = heads;
        ConnectionEntry e = table[hash & table.length - 1];
        while (e != null && (e.removed || !e.matches(localHigh, localLow, remoteHigh, remoteLow, ports))) {
            e = e.next;
        }
        return e;
    }

    /// Adds an entry before others with the same ends.
    void insert(ConnectionEntry entry, int hash) {
        entry.hash = hash;
        @Nullable ConnectionEntry[] larger = larger();
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
        @Nullable ConnectionEntry[] larger = larger();
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

    /// The present table, or a larger one if it is time for it, made before the lock is taken.
    private @Nullable ConnectionEntry[] larger() {
        @Nullable ConnectionEntry[] now = heads;
        return size >= now.length / 2 && now.length < MOST ? new @Nullable ConnectionEntry[now.length * 2] : now;
    }

    private void add(ConnectionEntry entry, @Nullable ConnectionEntry[] larger) {
        version++;
        if (larger.length == heads.length * 2) {
            moveTo(larger);
        }
        link(heads, entry);
        version++;
        size++;
        timeWaits += entry.timeWait == null ? 0 : 1;
    }

    private static void link(@Nullable ConnectionEntry[] table, ConnectionEntry entry) {
        int at = entry.hash & table.length - 1;
        entry.next = table[at];
        table[at] = entry;
    }

    private void moveTo(@Nullable ConnectionEntry[] larger) {
        @Nullable ConnectionEntry[] old = heads;
        heads = larger;
        for (ConnectionEntry first : old) {
            ConnectionEntry e = first;
            while (e != null) {
                ConnectionEntry next = e.next;
                link(larger, e);
                e = next;
            }
        }
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
        @Nullable ConnectionEntry[] table = heads;
        int at = entry.hash & table.length - 1;
        ConnectionEntry e = table[at];
        if (e == entry) {
            table[at] = entry.next;
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
        for (ConnectionEntry first : heads) {
            int n = 0;
            for (ConnectionEntry e = first; e != null; e = e.next) {
                n++;
            }
            longest = Math.max(longest, n);
        }
        return longest;
    }

    /// Calls `visitor` with every entry, in no order that matters. For listings.
    void forEach(java.util.function.Consumer<ConnectionEntry> visitor) {
        for (ConnectionEntry first : heads) {
            for (ConnectionEntry e = first; e != null; e = e.next) {
                visitor.accept(e);
            }
        }
    }
}
