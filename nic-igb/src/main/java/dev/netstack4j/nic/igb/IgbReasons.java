package dev.netstack4j.nic.igb;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;

/// Why this driver ends packets.
final class IgbReasons {
    final DropReason badFrame;
    final DropReason badLength;
    final DropReason tooManyPieces;
    final DropReason rxMapping;
    final DropReason txMapping;
    final DropReason txHeaders;
    final DropReason txLength;
    final DropReason txStopped;
    final ConsumeReason rxMerged;
    final ConsumeReason rxUnused;

    IgbReasons(PacketReasons reasons) {
        badFrame = reasons.drop("IGB_RX_ERROR", "the device received a damaged frame");
        badLength = reasons.drop(
                "IGB_RX_LENGTH", "a received frame is shorter than its header or has an impossible length");
        tooManyPieces = reasons.drop("IGB_RX_TOO_LONG", "a received frame fills more buffers than a packet can hold");
        rxMapping = reasons.drop("IGB_RX_MAPPING", "a receive buffer could not be mapped for the device");
        txMapping = reasons.drop("IGB_TX_MAPPING", "a packet could not be mapped for the device");
        txHeaders = reasons.drop(
                "IGB_TX_HEADERS",
                "the headers cannot be offloaded, and no memory to complete the checksum in software");
        txLength = reasons.drop("IGB_TX_LENGTH", "a packet is empty, or longer than the device can send");
        txStopped = reasons.drop("IGB_TX_STOPPED", "the device was stopped before it sent the packet");
        rxMerged = reasons.consume("IGB_RX_MERGED", "a further piece of a long frame became a fragment of its first");
        rxUnused = reasons.consume("IGB_RX_UNUSED", "a receive buffer was not needed any more");
    }
}
