package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;

/// Why this driver ends packets.
final class E1000Reasons {
    final DropReason badFrame;
    final DropReason badLength;
    final DropReason tooManyPieces;
    final DropReason rxMapping;
    final DropReason txMapping;
    final DropReason txChecksum;
    final DropReason txLength;
    final DropReason txHeaders;
    final DropReason txStopped;
    final ConsumeReason rxMerged;
    final ConsumeReason rxUnused;

    E1000Reasons(PacketReasons reasons) {
        badFrame = reasons.drop("NIC_RX_ERROR", "the device received a damaged frame");
        badLength = reasons.drop(
                "NIC_RX_LENGTH", "a received frame is shorter than its header or has an impossible length");
        tooManyPieces = reasons.drop("NIC_RX_TOO_LONG", "a received frame fills more buffers than a packet can hold");
        rxMapping = reasons.drop("NIC_RX_MAPPING", "a receive buffer could not be mapped for the device");
        txMapping = reasons.drop("NIC_TX_MAPPING", "a packet could not be mapped for the device");
        txChecksum = reasons.drop("NIC_TX_CHECKSUM", "no memory to complete a checksum, or to prepare headers");
        txLength = reasons.drop("NIC_TX_LENGTH", "a packet is empty, or longer than the device can send");
        txHeaders = reasons.drop("NIC_TX_HEADERS", "the device cannot cut a packet of such headers into segments");
        txStopped = reasons.drop("NIC_TX_STOPPED", "the device was stopped before it sent the packet");
        rxMerged = reasons.consume("NIC_RX_MERGED", "a further piece of a long frame became a fragment of its first");
        rxUnused = reasons.consume("NIC_RX_UNUSED", "a receive buffer was not needed any more");
    }
}
