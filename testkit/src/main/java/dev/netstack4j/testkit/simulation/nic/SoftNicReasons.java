package dev.netstack4j.testkit.simulation.nic;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;

/// How packets end in a [SoftNic].
final class SoftNicReasons {
    final ConsumeReason sent;
    final DropReason unreadable;

    SoftNicReasons(PacketReasons reasons) {
        sent = reasons.consume("SOFTNIC_SENT", "sent by a simulated card");
        unreadable = reasons.drop("SOFTNIC_CHECKSUM", "handed to a simulated card with its checksum undone");
    }
}
