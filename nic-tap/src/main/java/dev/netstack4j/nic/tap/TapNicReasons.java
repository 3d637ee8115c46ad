package dev.netstack4j.nic.tap;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;

/// Why this device ends packets.
final class TapNicReasons {
    final ConsumeReason sent;
    final ConsumeReason spare;
    final ConsumeReason joined;
    final DropReason refused;
    final DropReason runt;

    TapNicReasons(PacketReasons r) {
        sent = r.consume("TAP_SENT", "the host's kernel has it");
        spare = r.consume("TAP_SPARE", "a receive buffer that was not used");
        joined = r.consume("TAP_PAGE", "a page of a receive buffer became part of a packet");
        refused = r.drop("TAP_REFUSED", "the host's kernel did not take it");
        runt = r.drop("TAP_RUNT", "the host's kernel gave less than a header");
    }
}
