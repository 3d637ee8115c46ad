package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;

/// Makes timers. Coarse ones cost less to re-arm; exact ones fire at their instant.
@ProvidedByCore
public interface Timers {
    /// A timer in the wheel: fires up to 4 ms late, a later re-arm writes only the deadline. For protocols.
    Timer coarse(String name, TimerHandler handler);

    /// A timer that fires at its deadline. For watchdogs, pacing and interrupt moderation.
    Timer exact(String name, TimerHandler handler);
}
