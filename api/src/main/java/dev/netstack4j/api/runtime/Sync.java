package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;

/// Makes what threads share. These objects are also the points at which a scheduler may switch in schedule exploration.
@ProvidedByCore
public interface Sync {
    /// A new, free lock.
    SpinLock spinLock(String name);

    /// New bits, all clear.
    AtomicBits bits(String name);

    /// A new, empty queue.
    WaitQueue waitQueue(String name);
}
