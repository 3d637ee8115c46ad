package dev.netstack4j.proto.ipv4.output;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.RandomStream;
import dev.netstack4j.api.runtime.RandomStreams;
import dev.netstack4j.api.runtime.Sync;
import jakarta.inject.Inject;

/// Identifications of packets that may be fragmented: one counter per hash of addresses and protocol, each with a
/// random start, so that nobody learns from one destination's numbers how much goes to another.
@Rfc("7739#5")
@Linux("net/ipv4/route.c#__ip_select_ident")
public final class Identifiers {
    private static final int COUNTERS = 256;

    private final AtomicBits[] counters = new AtomicBits[COUNTERS];
    private final int key;

    /// With random starts.
    @Inject
    public Identifiers(Sync sync, RandomStreams random) {
        RandomStream stream = random.stream("ipv4.ident");
        key = (int) stream.nextLong();
        for (int i = 0; i < COUNTERS; i++) {
            counters[i] = sync.bits("ipv4-ident-" + i);
            counters[i].set((int) stream.nextLong());
        }
    }

    /// The next number for these addresses.
    public int next(int source, int destination, int protocol) {
        return next(source, destination, protocol, 1);
    }

    /// The first of the next `count` numbers for these addresses.
    public int next(int source, int destination, int protocol, int count) {
        int h = (source ^ key) * 0x9E37_79B1 ^ destination * 0x85EB_CA6B ^ protocol;
        AtomicBits counter = counters[(h ^ h >>> 15) & COUNTERS - 1];
        while (true) {
            int now = counter.get();
            if (counter.compareAndSet(now, now + count)) {
                return now & 0xFFFF;
            }
        }
    }
}
