package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;

/// The one lock of a stack's control plane. Reentrant. Process context, holding no CPU.
@ProvidedByCore
@Linux("net/core/rtnetlink.c#rtnl_lock")
public interface ControlLock {
    /// Takes it, waiting.
    void lock();

    /// Gives it back.
    void unlock();

    /// Fails unless the calling thread holds it.
    ///
    /// @throws IllegalStateException when it does not
    void assertHeld();
}
