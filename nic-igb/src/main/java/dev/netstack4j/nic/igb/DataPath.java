package dev.netstack4j.nic.igb;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import java.util.ArrayList;
import java.util.List;

/// The queue pairs of an open device. Made by `open`, forgotten by `stop`.
final class DataPath {
    private final List<QueuePair> pairs = new ArrayList<>();

    void add(QueuePair pair) {
        pairs.add(pair);
    }

    int queues() {
        return pairs.size();
    }

    QueuePair pair(int queue) {
        return pairs.get(queue);
    }

    /// Fills every receive ring.
    ///
    /// @throws NetException ENOMEM when a ring got no buffer at all
    void fill(IgbServices services) throws NetException {
        for (QueuePair p : pairs) {
            services.onCpu(p.rx()::refill);
            if (p.rx().filled() == 0) {
                throw new NetException(Errno.ENOMEM, "fill a receive ring");
            }
        }
    }

    /// Tells the chip of the rings, and of the buffers in them.
    void start(Chip chip, boolean drop, int control) throws NetException {
        for (int q = 0; q < pairs.size(); q++) {
            chip.startTransmitQueue(q, pairs.get(q).tx().memory());
            chip.startReceiveQueue(q, pairs.get(q).rx().memory(), drop);
        }
        chip.startTransmit();
        chip.receiveControl(control);
        for (QueuePair p : pairs) {
            p.rx().ringDoorbell();
        }
    }

    void depths(DeviceStats into) {
        for (QueuePair p : pairs) {
            p.depths(into);
        }
    }
}
