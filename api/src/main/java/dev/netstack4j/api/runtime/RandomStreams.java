package dev.netstack4j.api.runtime;

import dev.netstack4j.api.doc.ProvidedByCore;

/// Streams of randomness, one per purpose, so that one consumer's draws do not shift another's.
@ProvidedByCore
public interface RandomStreams {
    /// The stream of that purpose, for example `tcp.isn`. The same purpose gives the same stream within one stack.
    RandomStream stream(String purpose);
}
