package dev.netstack4j.cli.control.host;

import dev.netstack4j.cli.control.session.Call;

/// One op of the protocol.
///
/// @param waits whether its calls may wait
/// @param body  what it does
public record Op(Waits waits, Call.Body body) {
    /// Whether calls may wait for something that is to happen in the stack.
    public enum Waits {
        /// Never.
        NEVER,
        /// As POSIX says.
        MAYBE,
        /// In real time; in virtual time it moves time itself.
        IN_REAL_TIME,
        /// It replaces the stack: no other call may be under way.
        ALONE
    }
}
