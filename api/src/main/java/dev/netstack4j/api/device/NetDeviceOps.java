package dev.netstack4j.api.device;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Cpu;

/// What a driver does for one device. All but [#startXmit] and [#selectQueue]: process context under the control lock,
/// holding no CPU.
@ImplementedByExtensions
@Linux("include/linux/netdevice.h#net_device_ops")
public interface NetDeviceOps {
    /// Brings it up: rings, buffers, interrupts, NAPI, transmit queues started.
    ///
    /// @throws NetException when something cannot be had; all that was taken has been given back, in reverse order
    void open() throws NetException;

    /// Takes it down; when this returns the device does no DMA, no handler runs and no skb is held.
    void stop();

    /// Takes one packet for transmission. Process or softirq context; one caller at a time per queue. Never waits,
    /// never throws.
    ///
    /// @param skb  link-layer header first (network header, where the device has none); queue in `skb.queueMapping()`
    /// @param more another packet follows at once: the doorbell may wait for it
    /// @return [TxStatus#OK]: the driver owns the skb and frees it when it was sent (or drops it, saying why);
    ///         [TxStatus#BUSY]: the queue was stopped or is full, nothing was touched and the caller still owns it
    TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu);

    /// Fills in what the device and driver have counted.
    void stats(DeviceStats into);

    /// Applies promiscuous and multicast settings after flags or groups changed.
    default void setRxMode(RxMode mode) {}

    /// Changes the station address; core stores it afterwards.
    default void setMacAddress(MacAddress address) throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "change the MAC address");
    }

    /// Agrees to an MTU within the declared range; core stores it afterwards.
    default void changeMtu(int bytes) throws NetException {}

    /// Which transmit queue a packet goes to; -1 leaves the choice to core, by flow hash.
    default int selectQueue(SkBuff skb, Cpu cpu) {
        return -1;
    }

    /// Switches features; core stores them afterwards.
    default void setFeatures(long features) throws NetException {}

    /// The transmit queue has not moved for long: look after it. Process context under the control lock.
    @Linux("include/linux/netdevice.h#ndo_tx_timeout")
    default void txTimeout(int queue) {}
}
