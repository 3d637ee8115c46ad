package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.runtime.Cpu;

/// An open device at work: interrupts, poll and transmission. A message says that a queue has news; the poll takes what
/// came, frees what was sent, and asks for messages again when there is no more.
final class DataPath {
    private final VirtioPci virtio;
    private final NetDevice device;
    private final Napi napi;
    private final RxQueue rx;
    private final SendQueue tx;
    private final int rxDoorbell;
    private final int txDoorbell;

    /// Starts both queues; their messages come with `vector`.
    DataPath(VirtioPci virtio, NetDevice device, Napi napi, RxQueue rx, SendQueue tx, int vector) {
        this.virtio = virtio;
        this.device = device;
        this.napi = napi;
        this.rx = rx;
        this.tx = tx;
        rxDoorbell = virtio.startQueue(RxQueue.QUEUE, rx.queue(), vector);
        txDoorbell = virtio.startQueue(SendQueue.QUEUE, tx.queue(), vector);
    }

    /// Adds what was counted.
    void addTo(DeviceStats stats) {
        stats.rxPackets += rx.frames;
        stats.rxBytes += rx.bytes;
        stats.txPackets += tx.frames;
        stats.txBytes += tx.bytes;
    }

    // ---- hardirq

    IrqHandler.Result queueHasNews(Cpu cpu) {
        napi.schedule(cpu);
        return IrqHandler.Result.HANDLED;
    }

    IrqHandler.Result configChanged(Cpu cpu) {
        device.carrier(virtio.isLinkUp());
        return IrqHandler.Result.HANDLED;
    }

    // ---- softirq

    int poll(int budget, Cpu cpu) {
        tx.reclaim(napi, budget, cpu);
        if (device.txQueue(0).isStopped() && !tx.isFull()) {
            device.txQueue(0).wake(cpu);
        }
        if (budget == 0) {
            return 0;
        }
        rx.queue().wantInterrupts(false);
        int frames = rx.receive(budget, device, napi, cpu);
        offerEmpty(cpu);
        if (frames < budget && napi.complete(frames, cpu)) {
            rx.queue().wantInterrupts(true);
            if (rx.queue().hasUsed()) {
                napi.schedule(cpu); // it came before the device saw that messages are wanted
            }
        }
        return frames;
    }

    /// Offers empty packets in the place of those that were taken.
    void offerEmpty(Cpu cpu) {
        if (rx.refill(cpu)) {
            virtio.notifyQueue(RxQueue.QUEUE, rxDoorbell);
        }
    }

    // ---- under the transmit lock

    TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        if (tx.isFull()) {
            device.txQueue(0).stop();
            ringDoorbell();
            return TxStatus.BUSY;
        }
        tx.post(skb, cpu);
        if (tx.isFull()) {
            stopQueue(cpu);
        } else if (!more) {
            ringDoorbell();
        }
        return TxStatus.OK;
    }

    /// A poll that made room before the queue was seen as stopped did not wake it: look again.
    private void stopQueue(Cpu cpu) {
        device.txQueue(0).stop();
        ringDoorbell();
        if (!tx.isFull()) {
            device.txQueue(0).wake(cpu);
        }
    }

    private void ringDoorbell() {
        tx.queue().publish();
        virtio.notifyQueue(SendQueue.QUEUE, txDoorbell);
    }
}
