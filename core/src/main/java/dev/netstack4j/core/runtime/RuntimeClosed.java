package dev.netstack4j.core.runtime;

/// Ends a thread of a stepped runtime that was closed while the thread waited. An error, so that application code that
/// catches exceptions does not go on.
final class RuntimeClosed extends Error {
    private static final long serialVersionUID = 1L;

    RuntimeClosed(String name) {
        super("the runtime was closed, which ends thread " + name);
    }
}
