package dev.netstack4j.nic.igb;

import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Cpu;
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

    /// Polls queue pairs that were forgotten.
    ///
    /// @param sends whether the device can send: it has a link and nobody holds it up
    /// @return a transmit queue that stands; -1 when there is none
    int lookAfter(boolean sends, Cpu cpu) {
        int hung = -1;
        for (QueuePair p : pairs) {
            if (p.lookAfter(sends, cpu)) {
                hung = p.queue().index();
            }
        }
        return hung;
    }

    void depths(DeviceStats into) {
        for (QueuePair p : pairs) {
            p.depths(into);
        }
    }
}
