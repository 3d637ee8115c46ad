package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.qdisc.QdiscContext;
import dev.netstack4j.api.qdisc.QdiscWatchdog;
import dev.netstack4j.core.net.device.DeviceTxQueue;

/// What a qdisc gets when it is attached.
///
/// @param queue the transmit queue that it serves
/// @param timer its watchdog
record AttachmentContext(DeviceTxQueue queue, WatchdogTimer timer) implements QdiscContext {
    @Override
    public NetDevice device() {
        return queue.device();
    }

    @Override
    public QdiscWatchdog watchdog() {
        return timer;
    }
}
