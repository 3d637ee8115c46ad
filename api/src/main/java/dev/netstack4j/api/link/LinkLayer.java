package dev.netstack4j.api.link;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.doc.ProvidedByCore;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.runtime.Cpu;
import org.jspecify.annotations.Nullable;

/// The ways into and out of the link layer.
@ProvidedByCore
public interface LinkLayer {
    /// Sends a complete frame through its device's queue; takes the skb. Process or softirq context.
    ///
    /// @return 0, or a result of [dev.netstack4j.api.qdisc.XmitResult], or a negative error; the skb is gone in any
    ///     case
    @Linux("net/core/dev.c#__dev_queue_xmit")
    int devQueueXmit(SkBuff skb, Cpu cpu);

    /// Receives a frame as from a NAPI poll; takes the skb. Softirq context.
    @Linux("net/core/dev.c#netif_receive_skb")
    void netifReceive(SkBuff skb, Cpu cpu);

    /// Puts a received frame on the CPU's backlog, for devices without NAPI; takes the skb. Any context.
    ///
    /// @return whether there was room; otherwise it was dropped
    @Linux("net/core/dev.c#netif_rx")
    boolean netifRx(SkBuff skb, Cpu cpu);

    /// Gives a device a handler for all its frames, or takes it away with null. Process context under the control lock.
    ///
    /// @throws NetException EBUSY when it has one already
    @Linux("net/core/dev.c#netdev_rx_handler_register")
    void rxHandler(NetDevice device, @Nullable RxHandler handler) throws NetException;
}
