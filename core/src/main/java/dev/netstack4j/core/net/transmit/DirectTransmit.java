package dev.netstack4j.core.net.transmit;

import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.buffer.SkBuffQueue;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.doc.Linux;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.qdisc.XmitResult;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.core.net.device.Device;
import dev.netstack4j.core.net.device.DeviceTxQueue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// The last steps to the driver: validate, take the transmit lock, look whether the queue is stopped, show to taps,
/// start.
@Singleton
@Linux("net/sched/sch_generic.c#sch_direct_xmit")
public final class DirectTransmit {
    /// How deep devices without a queue may stand on each other.
    private static final int MOST_DEPTH = 8;

    private final PacketValidator validator;
    private final TransmitTaps taps;
    private final int[] depth; // by CPU
    private final SkBuffQueue[] pieces; // by CPU and depth, empty between calls
    private final DropReason recursion;
    private final DropReason busy;

    /// Injected.
    @Inject
    public DirectTransmit(PacketValidator validator, TransmitTaps taps, Cpus cpus, PacketReasons reasons) {
        this.validator = validator;
        this.taps = taps;
        depth = new int[cpus.count()];
        pieces = new SkBuffQueue[cpus.count() * MOST_DEPTH];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new SkBuffQueue();
        }
        recursion = reasons.drop("NET_TX_RECURSION", "a device without a queue sends through itself");
        busy = reasons.drop("NET_TX_BUSY", "a device without a queue had no room");
    }

    /// Sends a batch in order, until the driver has no room.
    ///
    /// @return false: what is left in the batch goes back to the qdisc
    boolean send(DeviceTxQueue queue, SkBuffQueue batch, Cpu cpu) {
        Device device = queue.device();
        validator.validate(device, batch, cpu);
        boolean locking = !device.hasFeature(DeviceFeatures.LLTX);
        if (locking) {
            queue.lock(cpu);
        }
        sendLocked(queue, batch, cpu);
        if (locking) {
            queue.unlock();
        }
        if (queue.isStopped()) {
            device.watchdog().queueStopped(cpu);
        }
        return batch.isEmpty();
    }

    private void sendLocked(DeviceTxQueue queue, SkBuffQueue batch, Cpu cpu) {
        while (!batch.isEmpty() && !queue.isStopped()) {
            SkBuff skb = batch.poll();
            if (skb != null && start(queue, skb, !batch.isEmpty(), cpu) == TxStatus.BUSY) {
                skb.requeued(true);
                batch.addHead(skb);
                return;
            }
        }
    }

    /// Sends a packet of a device that has no qdisc; takes the skb.
    ///
    /// @return 0 or a negative error
    @Linux("net/core/dev.c#__dev_queue_xmit")
    int sendUnqueued(DeviceTxQueue queue, SkBuff skb, Cpu cpu) {
        int id = cpu.id();
        if (queue.isLockedBy(cpu) || depth[id] == MOST_DEPTH) {
            skb.drop(recursion, cpu);
            return Errno.ENETDOWN.negative();
        }
        if (validator.needsCut(skb, queue.device().config())) {
            return sendCut(queue, skb, cpu);
        }
        if (!validator.validate(queue.device(), skb, cpu)) {
            return Errno.ENOMEM.negative();
        }
        return startOrDrop(queue, skb, cpu);
    }

    /// Counts as sent when a piece was: the sender keeps what was not, and would not believe an acknowledgement.
    private int sendCut(DeviceTxQueue queue, SkBuff skb, Cpu cpu) {
        SkBuffQueue pieces = this.pieces[cpu.id() * MOST_DEPTH + depth[cpu.id()]];
        if (!validator.cut(skb, queue.device().config(), pieces, cpu)) {
            return Errno.ENOMEM.negative();
        }
        int result = Errno.ENOMEM.negative();
        for (SkBuff piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            int one = startOrDrop(queue, piece, cpu);
            result = result == XmitResult.SUCCESS ? result : one;
        }
        return result;
    }

    private int startOrDrop(DeviceTxQueue queue, SkBuff skb, Cpu cpu) {
        int id = cpu.id();
        depth[id]++;
        TxStatus status = startAlone(queue, skb, cpu);
        depth[id]--;
        if (status == TxStatus.BUSY) {
            skb.drop(busy, cpu);
            return Errno.ENETDOWN.negative();
        }
        return XmitResult.SUCCESS;
    }

    private TxStatus startAlone(DeviceTxQueue queue, SkBuff skb, Cpu cpu) {
        if (queue.device().hasFeature(DeviceFeatures.LLTX)) {
            return start(queue, skb, false, cpu);
        }
        queue.lock(cpu);
        TxStatus status = queue.isStopped() ? TxStatus.BUSY : start(queue, skb, false, cpu);
        queue.unlock();
        return status;
    }

    @Linux("net/core/dev.c#dev_hard_start_xmit")
    private TxStatus start(DeviceTxQueue queue, SkBuff skb, boolean more, Cpu cpu) {
        Device device = queue.device();
        taps.show(skb, device, cpu);
        skb.handOver();
        int handovers = skb.handovers();
        try {
            TxStatus status = device.ops().startXmit(skb, more, cpu);
            if (status == TxStatus.OK) {
                queue.started(cpu.nowNanos());
            }
            return status;
        } catch (Throwable t) {
            device.site().failedWith(skb, handovers, "startXmit", t, cpu);
            return TxStatus.OK;
        }
    }
}
