package dev.netstack4j.qdisc.tbf;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;

/// Why `tbf` drops packets; one per stack.
final class TbfReasons {
    final DropReason full;
    final DropReason tooLong;
    final DropReason reset;

    TbfReasons(PacketReasons reasons) {
        full = reasons.drop("QDISC_DROP", "the queueing discipline was full");
        tooLong = reasons.drop("QDISC_TBF_TOO_LONG", "longer than the token bucket, so it could never leave");
        reset = reasons.drop("QDISC_RESET", "the queueing discipline was emptied");
    }
}
