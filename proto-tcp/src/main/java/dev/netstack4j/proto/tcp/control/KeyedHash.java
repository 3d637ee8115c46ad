package dev.netstack4j.proto.tcp.control;

import dev.netstack4j.api.address.IpAddress;
import dev.netstack4j.api.runtime.RandomStream;

/// SipHash-1-3 over the ends of a connection, with a secret key, so that nobody can choose ends that collide.
public final class KeyedHash {
    private final long k0;
    private final long k1;

    /// With a key drawn from `random`.
    public KeyedHash(RandomStream random) {
        this(random.nextLong(), random.nextLong());
    }

    /// With this key.
    public KeyedHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    /// Hash of both ends.
    public long of(long localHigh, long localLow, long remoteHigh, long remoteLow, int ports) {
        if (localHigh == 0 && remoteHigh == 0) {
            // Addresses in v4-mapped form differ in 32 bits only.
            return sip(localLow << 32 | remoteLow & 0xFFFF_FFFFL, Integer.toUnsignedLong(ports) | 1L << 60);
        }
        long first = sip(localHigh, localLow);
        return sip(sip(remoteHigh, remoteLow) ^ Long.rotateLeft(first, 17), Integer.toUnsignedLong(ports) ^ first);
    }

    /// The same from addresses.
    public long of(IpAddress local, IpAddress remote, int ports) {
        return of(local.high(), local.low(), remote.high(), remote.low(), ports);
    }

    /// SipHash-1-3 of two words.
    long sip(long a, long b) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        for (int i = 0; i < 3; i++) {
            long m = i == 0 ? a : i == 1 ? b : 16L << 56;
            v3 ^= m;
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= m;
        }
        v2 ^= 0xFF;
        for (int i = 0; i < 3; i++) {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
