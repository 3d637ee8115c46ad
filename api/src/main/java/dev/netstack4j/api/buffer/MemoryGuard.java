package dev.netstack4j.api.buffer;

import dev.netstack4j.api.doc.ImplementedByExtensions;

/// Watches every access of stack and driver code to a physical memory, for tests: a bus installs one to catch code that
/// touches a buffer which a device owns.
@ImplementedByExtensions
public interface MemoryGuard {
    /// Called before the access.
    ///
    /// @throws IllegalStateException when the bytes belong to a device now; the message names both places
    void cpuAccess(long address, int length, boolean write);
}
