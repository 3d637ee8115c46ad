package dev.netstack4j.examples.virtio;

import dev.netstack4j.api.buffer.ConsumeReason;
import dev.netstack4j.api.buffer.DropReason;
import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Takes virtio-net devices and lets go of them. A probe that fails gives back what it took, in reverse.
final class VirtioNetDriver implements PciDriver {
    /// One vector tells of changes of the configuration (the link), one of both queues.
    private static final int VECTORS = 2;

    private final Services services;
    private final Map<String, VirtioNetDevice> taken = new TreeMap<>();

    /// What each device needs of the stack.
    record Services(
            NetDevices netDevices,
            Cpus cpus,
            SkBuffPool pool,
            DropReason notSent,
            DropReason bad,
            ConsumeReason unused) {}

    @Inject
    VirtioNetDriver(NetDevices netDevices, Cpus cpus, SkBuffPool pool, PacketReasons reasons) {
        services = new Services(
                netDevices,
                cpus,
                pool,
                reasons.drop("VIRTIO_NOT_SENT", "the device was stopped, or memory was not to be mapped"),
                reasons.drop("VIRTIO_RX_BAD", "a received frame has an impossible length"),
                reasons.consume("VIRTIO_RX_UNUSED", "a receive buffer was not needed any more"));
    }

    @Override
    public void probe(PciDevice pdev, PciId id, Options options) throws NetException {
        pdev.enable();
        IrqVectors vectors = null;
        try {
            VirtioPci virtio = VirtioPci.find(pdev);
            virtio.reset();
            vectors = pdev.allocIrqVectors(VECTORS, VECTORS, List.of(IrqKind.MSI_X));
            VirtioNetDevice device = new VirtioNetDevice(virtio, pdev.dma(), vectors, services);
            device.register();
            taken.put(pdev.address(), device);
        } catch (NetException | RuntimeException e) {
            if (vectors != null) {
                vectors.free();
            }
            pdev.disable();
            throw e;
        }
    }

    @Override
    public void remove(PciDevice pdev) {
        VirtioNetDevice device = taken.remove(pdev.address());
        if (device != null) {
            device.unregister();
            pdev.disable();
        }
    }
}
