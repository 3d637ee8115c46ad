package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;

/// Runs work in process context, in order, on a thread of the runtime.
@ProvidedByCore
@Linux("kernel/workqueue.c#queue_work")
public interface WorkQueue {
    /// Queues `work`. Any context. The work holds no CPU and may wait.
    void queue(String name, Runnable work);
}
