package dev.netstack4j.proto.tcp.fastopen;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.proto.tcp.header.FastOpenOption;

/// What is known of a server. Guarded by the cache's lock; a copy belongs to whom it was made for.
@dev.netstack4j.api.doc.Linux("net/ipv4/tcp_metrics.c#tcp_fastopen_metrics")
public final class KnownServer {
    IpAddress local = IpAddress.ANY_V4;
    IpAddress remote = IpAddress.ANY_V4;
    long usedAt;
    /// Its cookie; of length 0 when it gave none.
    public final FastOpenOption cookie = new FastOpenOption();
    /// The MSS that it told; 0 when not known.
    public int mss;
    /// 1 when it did not answer the option and is to be asked in the experimental form, 2 when that did not help
    /// either.
    public int tryExperimental;
    /// How often in a row a SYN with data was lost.
    public int synLosses;

    /// Nothing is known.
    public KnownServer() {
        cookie.ask();
    }

    void copy(KnownServer from) {
        cookie.copy(from.cookie);
        mss = from.mss;
        tryExperimental = from.tryExperimental;
        synLosses = from.synLosses;
    }
}
