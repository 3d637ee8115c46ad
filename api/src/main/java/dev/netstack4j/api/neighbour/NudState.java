package dev.netstack4j.api.neighbour;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.Rfc;

/// How far a neighbour's address is known.
@Linux("include/uapi/linux/neighbour.h#NUD_INCOMPLETE")
@Rfc("4861#7.3.2")
public enum NudState {
    /// Nothing known, nothing asked.
    NONE,
    /// Asked, packets wait.
    INCOMPLETE,
    /// Known and recently confirmed.
    REACHABLE,
    /// Known, not confirmed for a while; still used.
    STALE,
    /// Used while stale: waits a little for a confirmation.
    DELAY,
    /// Asks the neighbour itself.
    PROBE,
    /// Did not answer.
    FAILED,
    /// Set by hand.
    PERMANENT,
    /// Needs no resolution (loopback, multicast).
    NOARP;

    /// Whether a link-layer address is known.
    public boolean isValid() {
        return this != NONE && this != INCOMPLETE && this != FAILED;
    }

    /// Whether packets may go without any further act.
    public boolean isConnected() {
        return this == REACHABLE || this == PERMANENT || this == NOARP;
    }
}
