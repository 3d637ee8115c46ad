package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.core.net.offload.GsoCutter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// What every attached qdisc needs.
@Singleton
public final class QdiscServices {
    private final DirectTransmit direct;
    private final GsoCutter cutter;
    private final NetTxAction tx;
    private final Timers timers;
    private final Sync sync;
    private final DropReason inactive;

    /// Injected.
    @Inject
    public QdiscServices(
            DirectTransmit direct, GsoCutter cutter, NetTxAction tx, Timers timers, Sync sync, PacketReasons reasons) {
        this.direct = direct;
        this.cutter = cutter;
        this.tx = tx;
        this.timers = timers;
        this.sync = sync;
        inactive = reasons.drop("NET_DEV_DOWN", "the device is down");
    }

    DirectTransmit direct() {
        return direct;
    }

    GsoCutter cutter() {
        return cutter;
    }

    NetTxAction tx() {
        return tx;
    }

    Timers timers() {
        return timers;
    }

    Sync sync() {
        return sync;
    }

    DropReason inactive() {
        return inactive;
    }
}
