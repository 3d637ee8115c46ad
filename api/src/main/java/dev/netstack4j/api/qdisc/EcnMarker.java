package dev.netstack4j.api.qdisc;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.doc.Rfc;
import dev.netstack4j.api.runtime.Cpu;

/// Marks packets instead of dropping them. For qdiscs, which know no protocol. Under the qdisc's lock.
@ProvidedByCore
@Rfc("3168#5")
@Linux("include/net/inet_ecn.h#INET_ECN_set_ce")
public interface EcnMarker {
    /// Marks a packet as having met congestion, if its sender allows that. The packet stays with the caller.
    ///
    /// @return whether it is marked now; when not, dropping is all that is left
    boolean mark(SkBuff skb, Cpu cpu);
}
