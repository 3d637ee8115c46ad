package dev.netstack4j.nic.e1000;

import dev.netstack4j.api.device.Napi;
import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IrqVectors;

/// The steps of opening that take something. Each notes how it is undone.
final class Opening {
    private final Chip chip;
    private final DmaMapper dma;
    private final IrqVectors vectors;
    private final E1000Services services;
    private final Traffic traffic;

    Opening(Chip chip, DmaMapper dma, IrqVectors vectors, E1000Services services, Traffic traffic) {
        this.chip = chip;
        this.dma = dma;
        this.vectors = vectors;
        this.services = services;
        this.traffic = traffic;
    }

    /// Transmit resources.
    TxRing transmitRing(E1000Settings settings, Unwind undo) throws NetException {
        TxRing tx = new TxRing(settings.tx(), dma, chip.registers(), traffic);
        tx.delayReports(settings.coalesce().txDelayNanos() > 0);
        undo.push(() -> services.onCpu(cpu -> tx.discard(services.reasons().txStopped, cpu)));
        return tx;
    }

    /// Receive resources, with buffers in every descriptor but one.
    RxRing receiveRing(E1000Settings settings, String device, Unwind undo) throws NetException {
        RxRing rx = new RxRing(settings.rx(), dma, chip.registers(), services.pool(), services.reasons(), traffic);
        undo.push(() -> services.onCpu(rx::discard));
        services.onCpu(rx::refill);
        if (rx.filled() == 0) {
            throw new NetException(Errno.ENOMEM, "fill the receive ring of " + device);
        }
        return rx;
    }

    /// The interrupt; still masked in the device.
    void interrupt(DataPath path, NetDevice device, Unwind undo) throws NetException {
        OpenIrq irq = OpenIrq.request(vectors, device.name(), path);
        undo.push(irq::free);
    }

    /// Polls.
    void polls(DataPath path, Napi napi, Unwind undo) {
        napi.enable();
        undo.push(() -> {
            napi.disable();
            services.onCpu(path::cancelTimers);
        });
    }

    /// Lets the watchdog look.
    void watch(DataPath path) {
        services.onCpu(path::startWatchdog);
    }
}
