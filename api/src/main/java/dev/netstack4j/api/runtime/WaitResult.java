package dev.netstack4j.api.runtime;

/// How a wait ended.
public enum WaitResult {
    /// Somebody woke the queue after the ticket was taken.
    WOKEN,
    /// The deadline passed.
    TIMED_OUT,
    /// The thread was interrupted; its interrupt status is set again.
    INTERRUPTED
}
