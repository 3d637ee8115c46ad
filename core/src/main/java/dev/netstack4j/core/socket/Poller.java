package dev.netstack4j.core.socket;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.runtime.Cpu;

/// Who wants to know when something happens to an open file.
@Linux("include/linux/wait.h#wait_queue_entry")
interface Poller {
    /// Something happened. Any context on `cpu`; does not wait and does not throw.
    ///
    /// @param events bits that may hold now
    void happened(int events, Cpu cpu);
}
