package dev.netstack4j.api.qdisc;

import dev.netstack4j.api.doc.Linux;

/// What enqueueing tells the sender. Negative values are errors.
@Linux("include/linux/netdevice.h#NET_XMIT_SUCCESS")
public final class XmitResult {
    /// Queued.
    public static final int SUCCESS = 0;
    /// Dropped.
    public static final int DROP = 1;
    /// Queued, but congestion is near (or another packet of the flow was dropped).
    public static final int CN = 2;

    private XmitResult() {}

    /// What TCP makes of a result: congestion notified counts as success.
    public static int evaluate(int result) {
        return result == CN ? SUCCESS : result;
    }
}
