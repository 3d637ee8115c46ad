package dev.netstack4j.nic.igb;

import dev.netstack4j.api.device.NetDevice;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqHandler;
import dev.netstack4j.api.hardware.IrqKind;

/// The steps of opening that take something for each queue pair. Each notes how it is undone.
final class Opening {
    private final Chip chip;
    private final QueueVectors vectors;
    private final QueueCounters[] counters;
    private final IgbServices services;
    private final Recovery recovery;

    Opening(Chip chip, QueueVectors vectors, QueueCounters[] counters, IgbServices services, Recovery recovery) {
        this.chip = chip;
        this.vectors = vectors;
        this.counters = counters;
        this.services = services;
        this.recovery = recovery;
    }

    /// Makes the rings of all queue pairs.
    DataPath rings(NetDevice device, IgbSettings settings, Unwind undo) throws NetException {
        DataPath path = new DataPath();
        for (int q = 0; q < vectors.queues(); q++) {
            TxRing tx = new TxRing(q, settings.tx(), vectors.dma(), chip.registers(), counters[q]);
            undo.push(() -> services.onCpu(cpu -> tx.discard(services.reasons().txStopped, cpu)));
            RxRing rx = new RxRing(
                    q,
                    settings.rx(),
                    vectors.dma(),
                    chip.registers(),
                    services.pool(),
                    services.reasons(),
                    counters[q]);
            undo.push(() -> services.onCpu(rx::discard));
            path.add(new QueuePair(
                    q, device, vectors.napi(q), tx, rx, counters[q], chip, vectors.isMultiple(), services));
        }
        return path;
    }

    /// Requests the interrupts.
    ///
    /// @throws IrqRefused when one is not to be had
    void interrupts(DataPath path, Unwind undo) throws IrqRefused {
        InterruptScheme scheme = vectors.scheme();
        InterruptRegisters registers = chip.interrupts();
        if (!scheme.isMultiple()) {
            QueuePair only = path.pair(0);
            request(scheme.other(), "igb", new SingleHandler(registers, only.napi(), recovery::link), undo);
            return;
        }
        request(scheme.other(), "igb", new OtherHandler(registers, recovery::link), undo);
        for (int q = 0; q < path.queues(); q++) {
            request(scheme.irqOf(q), "igb-TxRx-" + q, path.pair(q), undo);
        }
    }

    private void request(Irq irq, String name, IrqHandler handler, Unwind undo) throws IrqRefused {
        try {
            irq.request(name, handler, vectors.scheme().kind() == IrqKind.INTX);
        } catch (NetException e) {
            throw new IrqRefused(e);
        }
        undo.push(() -> irq.free(handler));
    }

    /// Has somebody look after the device from now on.
    void watchdog(NetDevice device, DataPath path, Unwind undo) {
        Watchdog watchdog = new Watchdog(device, chip, path, services, recovery);
        undo.push(() -> services.onCpu(watchdog::cancel));
        services.onCpu(watchdog::start);
    }

    /// Lets polls happen.
    void polls(DataPath path, Unwind undo) {
        for (int q = 0; q < path.queues(); q++) {
            QueuePair pair = path.pair(q);
            pair.napi().enable();
            undo.push(() -> {
                pair.napi().disable();
                services.onCpu(pair::cancelTimer);
            });
        }
    }
}
