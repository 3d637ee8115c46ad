package dev.netstack4j.cli.control.host;

import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.VirtualRuntime;
import dev.netstack4j.api.stack.Stack;
import dev.netstack4j.cli.control.link.ControlLinks;
import org.jspecify.annotations.Nullable;

/// The stack that is served now. A reset replaces it.
///
/// @param links   moved through the control socket
/// @param virtual its runtime in virtual time; null in real time
public record Host(
        Stack stack, ControlLinks links, @Nullable VirtualRuntime virtual) {
    /// The clock of its runtime.
    public Clock clock() {
        return stack.runtime().clock();
    }

    /// What clients are told of the time: the virtual instant, or nanoseconds since 1970.
    public long now() {
        return virtual != null ? clock().nanos() : clock().wallNanos();
    }

    /// Ends the stack, and its virtual time.
    void close() {
        stack.close();
        if (virtual != null) {
            virtual.close();
        }
    }
}
