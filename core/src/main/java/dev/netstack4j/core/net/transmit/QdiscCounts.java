package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.qdisc.QdiscStats;

/// What a qdisc had counted at one moment.
record QdiscCounts(
        String kind,
        long packets,
        long bytes,
        long drops,
        long requeues,
        long bypasses,
        int length,
        long backlogBytes,
        String detail)
        implements QdiscStats {

    /// A transmit queue without a qdisc.
    static final QdiscCounts NOQUEUE = new QdiscCounts(QdiscKinds.NOQUEUE, 0, 0, 0, 0, 0, 0, 0, "");
}
