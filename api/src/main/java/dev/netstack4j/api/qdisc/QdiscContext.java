package dev.netstack4j.api.qdisc;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.ProvidedByCore;

/// What a qdisc gets when it is attached.
@ProvidedByCore
public interface QdiscContext {
    /// The device that it serves.
    NetDevice device();

    /// Its watchdog, for qdiscs that hold packets back.
    QdiscWatchdog watchdog();
}
