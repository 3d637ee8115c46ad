package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;

/// One named stream of random numbers. In real time it is seeded by the operating system, in virtual time by the run's
/// seed.
@ProvidedByCore
public interface RandomStream {
    /// 64 random bits.
    long nextLong();

    /// A number from 0 (included) to `bound` (excluded).
    int nextInt(int bound);

    /// A number from 0.0 (included) to 1.0 (excluded).
    double nextDouble();
}
