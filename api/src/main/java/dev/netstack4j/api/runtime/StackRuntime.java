package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;
import java.util.function.Supplier;

/// Time and threads, shared by the stacks of one process that belong together. Two stacks joined by a cable share one.
@ProvidedByCore
public interface StackRuntime extends AutoCloseable {
    /// The clock.
    Clock clock();

    /// Whether time is virtual: everything runs stepwise and only what the run itself contains happens.
    boolean isVirtual();

    /// An object that several stacks share by name, such as the cable between them; made on first use.
    <T> T shared(Class<T> type, String name, Supplier<T> maker);

    /// Starts application code on a thread of the runtime (in virtual time: one that runs when stepped).
    AppThread start(String name, Runnable body);

    /// The same, and tells when it waits: so somebody outside knows that a call cannot end now.
    ///
    /// @param waiting run by the new thread each time before it waits in a [WaitQueue]; holds no CPU, must not wait
    AppThread start(String name, Runnable body, Runnable waiting);

    /// Lets time pass for the caller: waits `nanos` of the runtime's clock. Only on threads made by [#start], or in
    /// real time.
    void pause(long nanos);

    /// Ends all threads; stacks are closed before.
    @Override
    void close();

    /// Application code that was started.
    interface AppThread {
        /// Waits for its end. In virtual time this steps the runtime.
        ///
        /// @throws IllegalStateException when the body threw; the cause tells what
        void join();

        /// Whether it has ended.
        boolean isDone();

        /// Interrupts it.
        void interrupt();
    }
}
