package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.SkBuff;
import dev.netstack4j.api.device.DeviceFeatures;
import dev.netstack4j.api.device.DeviceStats;
import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.device.NetDeviceOps;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.device.TxStatus;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.runtime.Cpu;
import dev.netstack4j.api.runtime.Cpus;

/// One device as the stack sees it. A message says that a queue has news; the poll takes what came, frees what was
/// sent, and asks for messages again when there is no more. Not implemented: offloads, several pairs of queues,
/// filters.
final class VirtioNetDevice implements NetDeviceOps {
    private final VirtioPci virtio;
    private final RxQueue rx;
    private final SendQueue tx;
    private final Cpus cpus;
    final NetDevice device;
    final Napi napi;
    private volatile boolean running;

    VirtioNetDevice(VirtioPci virtio, RxQueue rx, SendQueue tx, Cpus cpus, NetDevices netDevices) {
        this.virtio = virtio;
        this.rx = rx;
        this.tx = tx;
        this.cpus = cpus;
        device = netDevices.alloc("eth%d", this);
        device.config().macAddress(virtio.macAddress());
        device.config().mtuRange(68, 1500);
        device.config().needsHeadroom(Virtqueue.HEADER);
        device.config().hardwareFeatures(DeviceFeatures.GRO);
        napi = device.addNapi("virtio-net", (_, budget, cpu) -> poll(budget, cpu), 64);
    }

    // ---- process context

    @Override
    public void open() throws NetException {
        virtio.negotiate();
        rx.start();
        tx.start();
        napi.enable();
        virtio.start();
        Cpu cpu = cpus.enter();
        rx.refill(cpu);
        cpus.leave(cpu);
        running = true;
        device.txQueue(0).start();
        device.carrier(virtio.isLinkUp());
    }

    @Override
    public void stop() {
        running = false;
        cpus.synchronizeNet();
        device.txQueue(0).stop();
        device.carrier(false);
        napi.disable();
        virtio.reset();
        Cpu cpu = cpus.enter();
        rx.drain(cpu);
        tx.drain(cpu);
        cpus.leave(cpu);
    }

    @Override
    public void stats(DeviceStats into) {
        into.rxPackets = rx.frames;
        into.rxBytes = rx.bytes;
        into.txPackets = tx.frames;
        into.txBytes = tx.bytes;
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

    private int poll(int budget, Cpu cpu) {
        tx.reclaim(napi, budget, cpu);
        if (running && device.txQueue(0).isStopped() && !tx.isFull()) {
            device.txQueue(0).wake(cpu);
        }
        if (budget == 0) {
            return 0;
        }
        int frames = rx.receive(budget, device, napi, cpu);
        rx.refill(cpu);
        if (frames < budget && napi.complete(frames, cpu) && rx.wantMessages(true)) {
            napi.schedule(cpu);
        }
        return frames;
    }

    // ---- under the transmit lock

    @Override
    public TxStatus startXmit(SkBuff skb, boolean more, Cpu cpu) {
        if (!running) {
            return TxStatus.BUSY;
        }
        tx.post(skb, cpu);
        if (tx.isFull()) {
            device.txQueue(0).stop();
            tx.ringDoorbell();
            if (!tx.isFull()) {
                device.txQueue(0).wake(cpu); // a poll made room before it could see that the queue had stopped
            }
        } else if (!more) {
            tx.ringDoorbell();
        }
        return TxStatus.OK;
    }
}
