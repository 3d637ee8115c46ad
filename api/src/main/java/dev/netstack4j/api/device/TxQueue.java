package dev.netstack4j.api.device;

import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.runtime.Cpu;

/// One transmit queue of a device, with its qdisc and its transmit lock. The driver stops it when its ring is nearly
/// full, so that no call meets a full one (NDO-21), and wakes it when there is room again (NDO-22).
@ProvidedByCore
@Linux("include/linux/netdevice.h#netdev_queue")
public interface TxQueue {
    /// Its number.
    int index();

    /// Lets packets through, without kicking the qdisc. From `open`.
    @Linux("include/linux/netdevice.h#netif_tx_start_queue")
    void start();

    /// Stops it: `startXmit` is not called until it is woken. Within `startXmit`, or from `stop`.
    @Linux("include/linux/netdevice.h#netif_tx_stop_queue")
    void stop();

    /// Lets packets through and, if it was stopped, schedules the qdisc. Any context on `cpu`.
    @Linux("net/core/dev.c#netif_tx_wake_queue")
    void wake(Cpu cpu);

    /// Whether the driver has stopped it.
    boolean isStopped();
}
