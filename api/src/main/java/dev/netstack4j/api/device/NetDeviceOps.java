package dev.netstack4j.api.device;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.ImplementedByExtensions;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Cpu;

/// What a driver does for one device. All but [#startXmit] and [#selectQueue]: process context under the control lock,
/// holding no CPU. Nothing here throws anything undeclared, whatever a packet or a device brings (NDO-48), nor waits in
/// the data path (NDO-47). Several devices of one driver are apart (NDO-66).
@ImplementedByExtensions
@Linux("include/linux/netdevice.h#net_device_ops")
public interface NetDeviceOps {
    /// Brings it up: rings, buffers, interrupts, NAPI, transmit queues started. From now on it carries frames both ways
    /// (NDO-1), with the settings that it had before (NDO-58). May be called again after a failure (NDO-3) and after
    /// [#stop], any number of times (NDO-7); nothing old is sent then (NDO-9).
    ///
    /// @throws NetException when something cannot be had; all that was taken has been given back, in reverse order
    ///     (NDO-2)
    void open() throws NetException;

    /// Takes it down, in the middle of traffic too (NDO-8); when this returns the device does no DMA (NDO-6), no
    /// handler runs, no buffer stays mapped (NDO-5) and no skb is held (NDO-4). The device may be gone (NDO-14).
    void stop();

    /// Takes one packet for transmission. Process or softirq context (NDO-25); one caller at a time per queue. Never
    /// waits, never throws. Its bytes go out as they are (NDO-16), those of its fragments too where the device
    /// announces that (NDO-17), padded with zeros to the least length of the link (NDO-26); with the checksum completed
    /// (NDO-61) and the VLAN tag inserted (NDO-60) where it announces that. Packets of a queue keep their order, and
    /// each goes out once (NDO-18). A packet of any make is sent or dropped (NDO-24), one that cannot be mapped is
    /// dropped (NDO-27). Nothing is sent while the device is down (NDO-28); a link that went and came back changes
    /// nothing (NDO-30).
    ///
    /// @param skb  link-layer header first (network header, where the device has none); queue in `skb.queueMapping()`
    /// @param more another packet follows at once: the doorbell may wait for it, but not beyond a packet without
    ///             `more`, even if that one is dropped, nor beyond a stop of the queue (NDO-23)
    /// @return [TxStatus#OK]: the driver owns the skb and frees it soon after it was sent, whether or not others follow
    ///         (NDO-19), or drops it, saying why; [TxStatus#BUSY]: the queue was stopped or is full, it is stopped now,
    ///         nothing was touched and the caller still owns the skb (NDO-20)
    TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu);

    /// Fills in what the device and driver have counted, up or down. Counts never go back (NDO-53).
    void stats(DeviceStats into);

    /// Applies promiscuous and multicast settings after flags or groups changed: promiscuous takes every frame, and
    /// otherwise only what is wanted (NDO-55), which broadcasts and the groups always are (NDO-56).
    default void setRxMode(RxMode mode) {}

    /// Frames of a VLAN are wanted, or no longer. While any is, a device with [DeviceFeatures#VLAN_FILTER] takes no
    /// tagged frames of others, unless it is promiscuous. Each id is told once. What was told stays so while the device
    /// is stopped and opened again.
    ///
    /// @param id 0 to 4095
    @Linux("include/linux/netdevice.h#ndo_vlan_rx_add_vid")
    default void vlanFilter(int id, boolean wanted) {}

    /// Changes the station address: from now on frames for it are taken (NDO-57); core stores it afterwards.
    default void setMacAddress(MacAddress address) throws NetException {
        throw new NetException(Errno.EOPNOTSUPP, "change the MAC address");
    }

    /// Agrees to an MTU within the declared range, whose frames it carries then (NDO-54); core stores it afterwards.
    default void changeMtu(int bytes) throws NetException {}

    /// Which transmit queue a packet goes to, of those that there are (NDO-67); -1 leaves the choice to core, by flow
    /// hash.
    default int selectQueue(SkBuff skb, Cpu cpu) {
        return -1;
    }

    /// Switches features, at once (NDO-62); core stores them afterwards.
    default void setFeatures(long features) throws NetException {}

    /// The transmit queue has not moved for long: look after it, so that it works again (NDO-29). Process context
    /// under the control lock.
    @Linux("include/linux/netdevice.h#ndo_tx_timeout")
    default void txTimeout(int queue) {}
}
