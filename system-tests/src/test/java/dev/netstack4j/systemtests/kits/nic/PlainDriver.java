package dev.netstack4j.systemtests.kits.nic;

import dev.netstack4j.api.buffer.PacketReasons;
import dev.netstack4j.api.buffer.SkBuffPool;
import dev.netstack4j.api.device.NetDevices;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciDriver;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.runtime.ControlLock;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Timers;
import dev.netstack4j.api.runtime.WorkQueue;
import dev.netstack4j.api.spi.Options;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A driver of the plain card.
final class PlainDriver implements PciDriver {
    final NetDevices devices;
    final WorkQueue work;
    final ControlLock control;
    final Cpus cpus;
    final Timers timers;
    final SkBuffPool pool;
    final PacketReasons reasons;

    @Nullable
    PlainNic first;

    private final Map<String, PlainNic> taken = new TreeMap<>();

    @Inject
    PlainDriver(
            NetDevices devices,
            WorkQueue work,
            ControlLock control,
            Cpus cpus,
            Timers timers,
            SkBuffPool pool,
            PacketReasons reasons) {
        this.devices = devices;
        this.work = work;
        this.control = control;
        this.cpus = cpus;
        this.timers = timers;
        this.pool = pool;
        this.reasons = reasons;
    }

    @Override
    public void probe(PciDevice pci, PciId id, Options options) throws NetException {
        NicDefect defect = NicDefect.valueOf(options.get(PlainDriverModule.DEFECT));
        pci.enable();
        IrqVectors vectors = null;
        PlainNic nic = null;
        try {
            vectors = pci.allocIrqVectors(1, 1, List.of(IrqKind.MSI, IrqKind.INTX));
            IoMemory registers = pci.mapBar(0);
            nic = new PlainNic(this, defect, pci, registers, vectors);
            taken.put(pci.address(), nic);
            first = first == null ? nic : first;
            nic.register();
        } catch (NetException | RuntimeException e) {
            taken.remove(pci.address());
            if (vectors != null && defect != NicDefect.LEAKS_ON_PROBE_FAILURE) {
                vectors.free();
            }
            pci.disable();
            throw e;
        }
    }

    @Override
    public void remove(PciDevice pci) {
        PlainNic nic = taken.remove(pci.address());
        if (nic != null) {
            nic.remove();
            pci.disable();
        }
    }
}
