package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.Linux;

/// What became of a packet handed to a driver.
@Linux("include/linux/netdevice.h#netdev_tx")
public enum TxStatus {
    /// The driver owns it.
    OK,
    /// The driver did not touch it.
    BUSY
}
