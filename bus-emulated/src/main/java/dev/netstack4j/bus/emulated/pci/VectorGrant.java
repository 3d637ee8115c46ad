package dev.netstack4j.bus.emulated.pci;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.hardware.IrqVectors;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides which interrupts one device gets: the best kind that the driver handles, the chip has and the machine does
/// not refuse.
final class VectorGrant {
    private final BusContext host;
    private final IntxPin pin;
    private final int slotBit;
    private volatile Set<IrqKind> refused;
    private @Nullable IntxPort intx;
    private boolean masked;

    /// @param refused kinds that this machine does not offer, for tests of a driver's fallback
    VectorGrant(BusContext host, IntxPin pin, int slotBit, Set<IrqKind> refused) {
        this.host = host;
        this.pin = pin;
        this.slotBit = slotBit;
        this.refused = Set.copyOf(refused);
    }

    IrqVectors allocate(EmulatedPciDevice device, int least, int most, List<IrqKind> kinds) throws NetException {
        PciFunction f = device.model().function();
        if (offered(IrqKind.MSI_X, kinds) && f.msix() != 0 && f.msixVectors() >= least) {
            int count = Math.min(most, f.msixVectors());
            return messages(device, IrqKind.MSI_X, count, f.msix(), ConfigSpace.MSIX_ENABLE);
        }
        if (offered(IrqKind.MSI, kinds) && f.msi() != 0 && least <= 1) {
            return messages(device, IrqKind.MSI, 1, f.msi(), ConfigSpace.MSI_ENABLE);
        }
        if (offered(IrqKind.INTX, kinds) && least <= 1) {
            return line(device);
        }
        throw new NetException(Errno.ENODEV, "allocate " + least + " interrupt vectors of " + device.address());
    }

    /// That kind is not granted any more. Any context.
    void refuse(IrqKind kind) {
        Set<IrqKind> more = EnumSet.of(kind);
        more.addAll(refused);
        refused = Set.copyOf(more);
    }

    private boolean offered(IrqKind kind, List<IrqKind> kinds) {
        return kinds.contains(kind) && !refused.contains(kind);
    }

    private IrqVectors messages(EmulatedPciDevice device, IrqKind kind, int count, int capability, int enable) {
        List<IrqLine> lines = new ArrayList<>();
        for (int v = 0; v < count; v++) {
            lines.add(host.newIrq(device.address() + "-" + (kind == IrqKind.MSI ? "msi" : "msix" + v)));
        }
        ConfigSpace config = device.config();
        config.write(capability, config.read(capability) | enable);
        device.interruptsTo(new MessagePort(lines));
        List<Irq> irqs = lines.stream().map(IrqLine::irq).toList();
        return new GrantedVectors(kind, irqs, () -> {
            device.interruptsTo(InterruptPort.NONE);
            config.write(capability, config.read(capability) & ~enable);
            lines.forEach(IrqLine::release);
        });
    }

    private IrqVectors line(EmulatedPciDevice device) {
        IntxPort port = new IntxPort(pin, slotBit);
        intx = port;
        device.interruptsTo(masked ? InterruptPort.NONE : port);
        return new GrantedVectors(IrqKind.INTX, List.of(pin.line().irq()), () -> {
            device.interruptsTo(InterruptPort.NONE);
            cut();
        });
    }

    /// The command register's interrupt disable bit was written.
    void intxMasked(EmulatedPciDevice device, boolean on) {
        IntxPort port = intx;
        if (port != null && on != masked) {
            device.interruptsTo(on ? InterruptPort.NONE : port);
        }
        masked = on;
        if (on) {
            pin.drive(slotBit, false);
        }
    }

    /// The pin is cut off from the line.
    void cut() {
        IntxPort port = intx;
        intx = null;
        if (port != null) {
            port.close();
        }
    }
}
