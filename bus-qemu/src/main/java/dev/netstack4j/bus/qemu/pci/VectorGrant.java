package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.hardware.IrqVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Decides which interrupts a device gets: the best kind that its driver handles, the device has and the machine does
/// not refuse.
final class VectorGrant {
    private final BusContext host;
    private final QemuDevice device;
    private final ConfigSpace config;
    private final Interrupts interrupts;
    private final Set<IrqKind> refused;

    VectorGrant(BusContext host, QemuDevice device, ConfigSpace config, Interrupts interrupts, Set<IrqKind> refused) {
        this.host = host;
        this.device = device;
        this.config = config;
        this.interrupts = interrupts;
        this.refused = Set.copyOf(refused);
    }

    IrqVectors allocate(int least, int most, List<IrqKind> kinds) throws NetException {
        int msix = offered(IrqKind.MSI_X, kinds) ? config.capability(ConfigSpace.CAP_MSIX) : 0;
        if (msix != 0) {
            MsixTable table = MsixTable.of(device, config, msix);
            int count = Math.min(Math.min(most, table.size()), Interrupts.MOST_VECTORS);
            if (count >= least) {
                return messages(IrqKind.MSI_X, count, table);
            }
        }
        int msi = offered(IrqKind.MSI, kinds) ? config.capability(ConfigSpace.CAP_MSI) : 0;
        if (msi != 0 && least <= 1) {
            return messages(IrqKind.MSI, 1, new MsiCapability(config, msi));
        }
        if (offered(IrqKind.INTX, kinds) && least <= 1 && config.read8(ConfigSpace.INTERRUPT_PIN) == 1) {
            return line();
        }
        throw new NetException(Errno.ENODEV, "allocate " + least + " interrupt vectors of " + device.address());
    }

    private boolean offered(IrqKind kind, List<IrqKind> kinds) {
        return kinds.contains(kind) && !refused.contains(kind);
    }

    private IrqVectors messages(IrqKind kind, int count, MessageSource source) {
        List<IrqLine> lines = new ArrayList<>();
        for (int v = 0; v < count; v++) {
            lines.add(host.newIrq(device.address() + "-" + (kind == IrqKind.MSI ? "msi" : "msix" + v)));
        }
        interrupts.vectorsTo(lines);
        source.enable(interrupts.messageAddress(), count);
        return granted(kind, lines, () -> {
            source.disable();
            interrupts.vectorsTo(List.of());
        });
    }

    private IrqVectors line() {
        IrqLine line = host.newIrq(device.address() + "-intx");
        interrupts.pinTo(line);
        return granted(IrqKind.INTX, List.of(line), () -> interrupts.pinTo(null));
    }

    private static IrqVectors granted(IrqKind kind, List<IrqLine> lines, Runnable disconnect) {
        List<Irq> irqs = lines.stream().map(IrqLine::irq).toList();
        return new GrantedVectors(kind, irqs, () -> {
            disconnect.run();
            lines.forEach(IrqLine::release);
        });
    }
}
