package com.example.red;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;

/// Why `red` drops packets; one per stack.
final class RedReasons {
    final DropReason early;
    final DropReason full;
    final DropReason reset;

    RedReasons(PacketReasons reasons) {
        early = reasons.drop("QDISC_RED_EARLY", "red dropped it before the queue was full");
        full = reasons.drop("QDISC_DROP", "the queueing discipline was full");
        reset = reasons.drop("QDISC_RESET", "the queueing discipline was emptied");
    }
}
