package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.device.DeviceTxQueue;
import dev.netstack4j.core.net.device.Discipline;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// The way of a frame from the network layer to its device's queue.
@Singleton
@Linux("net/core/dev.c#__dev_queue_xmit")
public final class TransmitPath {
    private final QueueChoice choice;
    private final DirectTransmit direct;
    private final DropReason noDevice;
    private final DropReason down;
    private final DropReason noCarrier;

    /// Injected.
    @Inject
    public TransmitPath(QueueChoice choice, DirectTransmit direct, PacketReasons reasons) {
        this.choice = choice;
        this.direct = direct;
        noDevice = reasons.drop("NET_NO_DEVICE", "a frame without a device");
        down = reasons.drop("NET_DEV_DOWN", "the device is down");
        noCarrier = reasons.drop("NET_NO_CARRIER", "the device has no link");
    }

    /// Sends a frame; takes the skb. Process or softirq context.
    ///
    /// @return 0, a result of [XmitResult], or a negative error
    public int xmit(SkBuff skb, Cpu cpu) {
        if (!(skb.dev() instanceof Device device)) {
            skb.drop(noDevice, cpu);
            return Errno.ENODEV.negative();
        }
        if (!device.isUp()) {
            skb.drop(down, cpu);
            return Errno.ENETDOWN.negative();
        }
        if (!device.hasCarrier()) {
            skb.drop(noCarrier, cpu);
            return XmitResult.CN; // as Linux: the sender goes on, and notices by itself
        }
        skb.resetMacHeader();
        DeviceTxQueue queue = choice.choose(device, skb, cpu);
        while (true) {
            Discipline discipline = queue.discipline();
            if (discipline == null) {
                return direct.sendUnqueued(queue, skb, cpu);
            }
            int result = discipline.xmit(skb, cpu);
            if (result != Discipline.REPLACED) {
                return result;
            }
        }
    }
}
