package dev.netstack4j.testkit.simulation.nic;

import dev.netstack4j.api.address.MacAddress;
import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.Irq;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.hardware.Wire;
import java.util.List;

/// A card that consists of an address, a wire and one interrupt: what a driver made of software needs of hardware.
final class SimulatedCard implements PciDevice {
    /// A vendor number that nobody holds.
    static final PciId ID = PciId.of(0x4E34, 0x0001);

    private final String address;
    private final MacAddress mac;
    private final Wire wire;
    private final BusContext context;
    private final IrqLine line;

    SimulatedCard(String address, MacAddress mac, Wire wire, BusContext context) {
        this.address = address;
        this.mac = mac;
        this.wire = wire;
        this.context = context;
        this.line = context.newIrq("simulated " + address);
    }

    MacAddress mac() {
        return mac;
    }

    Wire wire() {
        return wire;
    }

    BusContext context() {
        return context;
    }

    IrqLine line() {
        return line;
    }

    void pullOut() {
        line.release();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public PciId id() {
        return ID;
    }

    @Override
    public int configRead32(int offset) {
        return offset == 0 ? ID.device() << 16 | ID.vendor() : 0;
    }

    @Override
    public void configWrite32(int offset, int value) {}

    @Override
    public void enable() {}

    @Override
    public void disable() {}

    @Override
    public IoMemory mapBar(int bar) throws NetException {
        throw new NetException(Errno.ENODEV, "map bar " + bar + " of a card that has no registers");
    }

    @Override
    public DmaMapper dma() {
        throw new UnsupportedOperationException("a card made of software moves no data by DMA");
    }

    @Override
    public IrqVectors allocIrqVectors(int least, int most, List<IrqKind> kinds) throws NetException {
        if (least > 1 || !kinds.contains(IrqKind.MSI)) {
            throw new NetException(Errno.ENODEV, "grant anything but one MSI");
        }
        return new OneVector(line.irq());
    }

    private record OneVector(Irq irq) implements IrqVectors {
        @Override
        public IrqKind kind() {
            return IrqKind.MSI;
        }

        @Override
        public List<Irq> irqs() {
            return List.of(irq);
        }

        @Override
        public void free() {
            // The line ends with the card.
        }
    }
}
