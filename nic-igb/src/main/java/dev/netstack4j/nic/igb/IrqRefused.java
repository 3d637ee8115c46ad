package dev.netstack4j.nic.igb;

import dev.netstack4j.api.error.NetException;

/// A vector that was granted could not be requested: the next kind of interrupt may do.
final class IrqRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final NetException why;

    IrqRefused(NetException why) {
        super(why);
        this.why = why;
    }

    NetException why() {
        return why;
    }
}
