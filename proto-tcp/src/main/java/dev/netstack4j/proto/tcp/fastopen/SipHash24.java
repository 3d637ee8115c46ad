package dev.netstack4j.proto.tcp.fastopen;

import dev.netstack4j.api.doc.Linux;

/// SipHash-2-4 of whole words, one after the other.
@Linux("lib/siphash.c#siphash_2u64")
final class SipHash24 {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    SipHash24(long k0, long k1) {
        v0 = k0 ^ 0x736f6d6570736575L;
        v1 = k1 ^ 0x646f72616e646f6dL;
        v2 = k0 ^ 0x6c7967656e657261L;
        v3 = k1 ^ 0x7465646279746573L;
    }

    void word(long m) {
        v3 ^= m;
        round();
        round();
        v0 ^= m;
    }

    /// The hash of what was given.
    ///
    /// @param bytes how many that were, a multiple of 8
    long end(int bytes) {
        word((long) bytes << 56);
        v2 ^= 0xFF;
        for (int i = 0; i < 4; i++) {
            round();
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
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
}
