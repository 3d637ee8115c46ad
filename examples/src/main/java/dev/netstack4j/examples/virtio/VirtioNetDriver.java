package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Takes virtio-net devices and lets go of them. Each step of a probe notes how to undo it.
final class VirtioNetDriver implements PciDriver {
    private final NetDevices netDevices;
    private final Cpus cpus;
    private final SkBuffPool pool;
    private final PacketReasons reasons;
    private final Map<String, Deque<Runnable>> taken = new TreeMap<>();

    @Inject
    VirtioNetDriver(NetDevices netDevices, Cpus cpus, SkBuffPool pool, PacketReasons reasons) {
        this.netDevices = netDevices;
        this.cpus = cpus;
        this.pool = pool;
        this.reasons = reasons;
    }

    @Override
    public void probe(PciDevice pdev, PciId id, Options options) throws NetException {
        Deque<Runnable> undo = new ArrayDeque<>();
        taken.put(pdev.address(), undo);
        try {
            probe(pdev, undo);
        } catch (NetException | RuntimeException e) {
            remove(pdev);
            throw e;
        }
    }

    private void probe(PciDevice pdev, Deque<Runnable> undo) throws NetException {
        pdev.enable();
        undo.push(pdev::disable);
        VirtioPci virtio = new VirtioPci(pdev);
        virtio.reset();
        IrqVectors vectors = pdev.allocIrqVectors(2, 2, List.of(IrqKind.MSI_X));
        undo.push(vectors::free);
        RxQueue rx = new RxQueue(virtio, pdev.dma(), pool, reasons);
        undo.push(rx::free);
        SendQueue tx = new SendQueue(virtio, pdev.dma(), reasons);
        undo.push(tx::free);
        VirtioNetDevice device = new VirtioNetDevice(virtio, rx, tx, cpus, netDevices);
        undo.push(device.napi::remove);
        request(vectors, VirtioPci.FOR_CHANGES, device.device.name(), device::configChanged, undo);
        request(vectors, VirtioPci.FOR_QUEUES, device.device.name(), device::queueHasNews, undo);
        netDevices.register(device.device);
        undo.push(() -> netDevices.unregister(device.device));
    }

    private static void request(IrqVectors vectors, int v, String name, IrqHandler handler, Deque<Runnable> undo)
            throws NetException {
        vectors.irqs().get(v).request(name, handler, false);
        undo.push(() -> vectors.irqs().get(v).free(handler));
    }

    @Override
    public void remove(PciDevice pdev) {
        Deque<Runnable> undo = taken.remove(pdev.address());
        if (undo != null) {
            undo.forEach(Runnable::run); // the last pushed comes first
        }
    }
}
