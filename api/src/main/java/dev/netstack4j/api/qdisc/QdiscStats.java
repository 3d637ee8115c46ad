package dev.netstack4j.api.qdisc;

import dev.netstack4j.api.doc.ProvidedByCore;

/// What one qdisc has counted.
@ProvidedByCore
public interface QdiscStats {
    /// Its kind.
    String kind();

    /// Packets handed to the device.
    long packets();

    /// Bytes handed to the device.
    long bytes();

    /// Packets that enqueue refused.
    long drops();

    /// Packets put back because the device was busy.
    long requeues();

    /// Packets that went straight to the device.
    long bypasses();

    /// Packets held now.
    int length();

    /// Bytes held now.
    long backlogBytes();

    /// The qdisc's own line.
    String detail();
}
