package dev.netstack4j.bus.qemu.pci;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.StackRuntime;
import dev.netstack4j.bus.qemu.machine.MachineOptions;
import java.util.List;
import java.util.Set;

/// A device in a QEMU of its own, as its driver sees it.
final class QemuDevice implements PciDevice {
    private final String address;
    private final Session session;
    private final ConfigSpace config;
    private final List<Bar> bars;
    private final PciId id;
    private final Dma dma;
    private final VectorGrant vectors;
    private volatile int command;

    private QemuDevice(BusContext host, String address, Session session, Set<IrqKind> refused) {
        this.address = address;
        this.session = session;
        this.config = session.device();
        this.bars = session.bars();
        int numbers = config.read(ConfigSpace.IDENTITY);
        int subsystem = config.read(ConfigSpace.SUBSYSTEM);
        this.id = PciId.of(numbers & 0xFFFF, numbers >>> 16, subsystem & 0xFFFF, subsystem >>> 16);
        this.dma = new Dma(host.memory(), host.sync().bits("dma " + address));
        this.vectors = new VectorGrant(host, this, config, session.interrupts(), refused);
    }

    static QemuDevice start(
            BusContext host,
            StackRuntime runtime,
            String address,
            MachineOptions options,
            Set<IrqKind> refused,
            Wire wire)
            throws NetException {
        Session session = Session.start(host, runtime, address, options, wire);
        return new QemuDevice(host, address, session, refused);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public PciId id() {
        return id;
    }

    @Override
    public int configRead32(int offset) {
        return config.read(offset);
    }

    @Override
    public void configWrite32(int offset, int value) {
        config.write(offset, value);
        if (offset == ConfigSpace.COMMAND) {
            commandChanged();
        }
    }

    /// Looks again what the device decodes.
    void commandChanged() {
        command = config.read16(ConfigSpace.COMMAND);
    }

    boolean decodes(boolean io) {
        return (command & (io ? ConfigSpace.COMMAND_IO : ConfigSpace.COMMAND_MEMORY)) != 0;
    }

    @Override
    public void enable() throws NetException {
        config.command(ConfigSpace.COMMAND_IO | ConfigSpace.COMMAND_MEMORY | ConfigSpace.COMMAND_MASTER, 0);
        commandChanged();
        if (session.isGone()) {
            throw new NetException(Errno.ENODEV, "enable PCI device " + address);
        }
    }

    @Override
    public void disable() {
        config.command(0, ConfigSpace.COMMAND_MASTER);
        commandChanged();
    }

    @Override
    public void reset() throws NetException {
        int before = command;
        session.reset();
        config.command(before, 0);
        commandChanged();
    }

    @Override
    public IoMemory mapBar(int bar) throws NetException {
        for (Bar b : bars) {
            if (b.index() == bar) {
                return new RegisterWindow(this, session.registers(), b);
            }
        }
        throw new NetException(Errno.ENODEV, "map bar " + bar + " of PCI device " + address);
    }

    @Override
    public DmaMapper dma() {
        return dma;
    }

    @Override
    public IrqVectors allocIrqVectors(int least, int most, List<IrqKind> kinds) throws NetException {
        return vectors.allocate(least, most, kinds);
    }

    /// Ends its QEMU: all registers read as ones.
    void close() {
        session.close();
        int held = dma.held().exchange(0);
        if (held != 0) {
            System.getLogger(QemuDevice.class.getName())
                    .log(System.Logger.Level.WARNING, "{0}: {1} DMA mappings were never undone", this, held);
        }
    }

    @Override
    public String toString() {
        return address + " " + id;
    }
}
