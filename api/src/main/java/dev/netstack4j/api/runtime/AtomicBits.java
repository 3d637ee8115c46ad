package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;

/// 32 bits that several threads change. Every operation is atomic and ordered (acquire and release).
@ProvidedByCore
public interface AtomicBits {
    /// The bits.
    int get();

    /// Writes all bits.
    void set(int bits);

    /// Sets `mask`'s bits.
    ///
    /// @return the bits before
    int getAndSet(int mask);

    /// Clears `mask`'s bits.
    ///
    /// @return the bits before
    int getAndClear(int mask);

    /// Replaces all bits by `bits`.
    ///
    /// @return the bits before
    int exchange(int bits);

    /// Replaces `expected` by `bits`.
    ///
    /// @return whether the bits were `expected`
    boolean compareAndSet(int expected, int bits);
}
