package dev.netstack4j.api.qdisc;

import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.spi.Options;

/// A kind of qdisc; one per stack, injected.
@ImplementedByExtensions
@Linux("include/net/sch_generic.h#Qdisc_ops")
public interface QdiscOps {
    /// Makes one for one transmit queue. Process context under the control lock.
    ///
    /// @throws NetException EINVAL when the options make no sense together, in a sentence for people (QDISC-29)
    Qdisc create(QdiscContext context, Options options) throws NetException;
}
