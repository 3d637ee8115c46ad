package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;

/// A short lock that never parks. Not reentrant. While it is held nobody waits, allocates or calls out.
@ProvidedByCore
public interface SpinLock {
    /// Takes it, spinning.
    void lock();

    /// Takes it if it is free.
    boolean tryLock();

    /// Gives it back.
    void unlock();
}
