package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.Linux;

/// Sizes of a device's rings in descriptors.
@Linux("include/uapi/linux/ethtool.h#ethtool_ringparam")
public final class RingParameters {
    private final int rx;
    private final int tx;
    private final int least;
    private final int most;

    /// @param rx    receive ring now
    /// @param tx    transmit ring now
    /// @param least smallest possible
    /// @param most  largest possible
    public RingParameters(int rx, int tx, int least, int most) {
        this.rx = rx;
        this.tx = tx;
        this.least = least;
        this.most = most;
    }

    /// Receive ring now.
    public int rx() {
        return rx;
    }

    /// Transmit ring now.
    public int tx() {
        return tx;
    }

    /// Smallest possible.
    public int least() {
        return least;
    }

    /// Largest possible.
    public int most() {
        return most;
    }
}
