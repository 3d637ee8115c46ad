package dev.netstack4j.proto.tcp.fastopen;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.proto.tcp.header.FastOpenOption;
import org.jspecify.annotations.Nullable;

/// What servers have told, by own and server's address. It keeps [#PLACES] servers; a new one takes the place of the
/// one of its row that was longest unused. Any context.
@Rfc("7413#4.1.3")
@Linux("net/ipv4/tcp_metrics.c#tcp_fastopen_cache_get")
public final class ServerCache {
    /// Servers that are kept at most.
    public static final int PLACES = 1024;

    private static final int WIDTH = 4;
    private final SpinLock lock;
    private final long key;
    private final @Nullable KnownServer[] places = new KnownServer[PLACES];
    private long uses;

    /// Empty.
    ///
    /// @param key secret that decides who shares a row with whom
    public ServerCache(SpinLock lock, long key) {
        this.lock = lock;
        this.key = key;
    }

    /// Copies what is known; afterwards `into` asks for a cookie when none is known.
    public void get(IpAddress local, IpAddress remote, KnownServer into) {
        lock.lock();
        try {
            KnownServer known = find(local, remote);
            if (known != null) {
                known.usedAt = ++uses;
                into.copy(known);
            }
        } finally {
            lock.unlock();
        }
        boolean inOldForm = into.cookie.length <= 0 && into.tryExperimental == 1;
        into.cookie.experimental |= inOldForm;
    }

    /// Notes what a SYN-ACK told.
    ///
    /// @param mss             0 when not told
    /// @param cookie          of length 0 or less when there was none
    /// @param lost            whether a SYN with data was lost
    /// @param tryExperimental as [KnownServer#tryExperimental]; 0 for no change
    @Linux("net/ipv4/tcp_metrics.c#tcp_fastopen_cache_set")
    public void set(
            IpAddress local, IpAddress remote, int mss, FastOpenOption cookie, boolean lost, int tryExperimental) {
        KnownServer fresh = new KnownServer();
        lock.lock();
        try {
            KnownServer known = find(local, remote);
            if (known == null) {
                known = place(local, remote, fresh);
            }
            known.usedAt = ++uses;
            if (mss != 0) {
                known.mss = mss;
            }
            if (cookie.length > 0) {
                known.cookie.copy(cookie);
            } else if (tryExperimental > known.tryExperimental
                    && known.cookie.length <= 0
                    && !known.cookie.experimental) {
                known.tryExperimental = tryExperimental;
            }
            known.synLosses = lost ? known.synLosses + 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    private int row(IpAddress local, IpAddress remote) {
        SipHash24 hash = new SipHash24(key, ~key);
        hash.word(local.low());
        hash.word(remote.high());
        hash.word(remote.low());
        return (int) hash.end(24) & PLACES - 1 & -WIDTH;
    }

    private @Nullable KnownServer find(IpAddress local, IpAddress remote) {
        int row = row(local, remote);
        for (int i = row; i < row + WIDTH; i++) {
            KnownServer k = places[i];
            if (k != null && k.remote.equals(remote) && k.local.equals(local)) {
                return k;
            }
        }
        return null;
    }

    private KnownServer place(IpAddress local, IpAddress remote, KnownServer fresh) {
        fresh.local = local;
        fresh.remote = remote;
        int row = row(local, remote);
        int oldest = row;
        for (int i = row; i < row + WIDTH; i++) {
            KnownServer k = places[i];
            KnownServer o = places[oldest];
            if (k == null || o != null && k.usedAt < o.usedAt) {
                oldest = i;
                if (k == null) {
                    break;
                }
            }
        }
        places[oldest] = fresh;
        return fresh;
    }
}
