package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.Linux;

/// What a device does with pause frames.
@Linux("include/uapi/linux/ethtool.h#ethtool_pauseparam")
public final class PauseParameters {
    private final boolean rx;
    private final boolean tx;

    /// @param rx whether it obeys them
    /// @param tx whether it sends them
    public PauseParameters(boolean rx, boolean tx) {
        this.rx = rx;
        this.tx = tx;
    }

    /// Whether it obeys them.
    public boolean rx() {
        return rx;
    }

    /// Whether it sends them when its receive buffer fills up.
    public boolean tx() {
        return tx;
    }
}
