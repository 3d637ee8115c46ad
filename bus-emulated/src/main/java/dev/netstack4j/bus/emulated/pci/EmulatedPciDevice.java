package dev.netstack4j.bus.emulated.pci;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.bus.emulated.dma.HostDma;
import dev.netstack4j.bus.emulated.fault.DeviceFaults;
import dev.netstack4j.bus.emulated.fault.Fault;
import java.util.List;
import java.util.function.Function;

/// A slot with a chip in it, in which things can go wrong.
final class EmulatedPciDevice implements PciDevice, DeviceFaults.Slot {
    private final String address;
    private final DeviceModel model;
    private final PciFunction function;
    private final HostDma dma;
    private final ConfigSpace config;
    private final VectorGrant vectors;
    private final DeviceFaults faults;
    /// Aborted transfers of which the driver knows.
    private long acknowledged;
    private volatile boolean decodes;
    private volatile boolean gone;

    EmulatedPciDevice(
            String address,
            DeviceModel model,
            HostDma dma,
            VectorGrant vectors,
            Function<DeviceFaults.Slot, DeviceFaults> faults) {
        this.address = address;
        this.model = model;
        this.function = model.function();
        this.dma = dma;
        this.config = new ConfigSpace(function);
        this.vectors = vectors;
        this.faults = faults.apply(this);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public PciId id() {
        return function.id();
    }

    @Override
    public int configRead32(int offset) {
        if (gone) {
            return -1;
        }
        boolean aborts = offset == ConfigSpace.COMMAND && dma.faults() != acknowledged;
        return config.read(offset) | (aborts ? ConfigSpace.STATUS_MASTER_ABORT : 0);
    }

    @Override
    public void configWrite32(int offset, int value) {
        if (gone) {
            return;
        }
        config.write(offset, value);
        if (offset == ConfigSpace.COMMAND) {
            acknowledged = (value & ConfigSpace.STATUS_MASTER_ABORT) != 0 ? dma.faults() : acknowledged;
            commandChanged();
        }
    }

    private void commandChanged() {
        decodes = config.has(ConfigSpace.COMMAND, ConfigSpace.COMMAND_MEMORY);
        model.busMaster(config.has(ConfigSpace.COMMAND, ConfigSpace.COMMAND_MASTER));
        vectors.intxMasked(this, config.has(ConfigSpace.COMMAND, ConfigSpace.COMMAND_INTX_DISABLE));
    }

    @Override
    public void enable() throws NetException {
        if (gone) {
            throw new NetException(Errno.ENODEV, "enable PCI device " + address);
        }
        int command = config.read(ConfigSpace.COMMAND);
        configWrite32(
                ConfigSpace.COMMAND,
                command | ConfigSpace.COMMAND_IO | ConfigSpace.COMMAND_MEMORY | ConfigSpace.COMMAND_MASTER);
    }

    @Override
    public void disable() {
        configWrite32(ConfigSpace.COMMAND, config.read(ConfigSpace.COMMAND) & ~ConfigSpace.COMMAND_MASTER);
    }

    @Override
    public IoMemory mapBar(int bar) throws NetException {
        Bar found = function.bar(bar);
        if (found == null) {
            throw new NetException(Errno.ENODEV, "map bar " + bar + " of PCI device " + address);
        }
        return new RegisterWindow(this, model, found);
    }

    @Override
    public DmaMapper dma() {
        return dma;
    }

    @Override
    public IrqVectors allocIrqVectors(int least, int most, List<IrqKind> kinds) throws NetException {
        if (gone) {
            throw new NetException(Errno.ENODEV, "allocate interrupt vectors of " + address);
        }
        return vectors.allocate(this, least, most, kinds);
    }

    /// The chip's interrupts go there from now on, unless something goes wrong on the way.
    void interruptsTo(InterruptPort port) {
        model.interruptsTo(faults.port(port));
    }

    boolean decodes() {
        return decodes && !gone;
    }

    DeviceModel model() {
        return model;
    }

    ConfigSpace config() {
        return config;
    }

    // ---- the end

    void inject(Fault fault) {
        faults.inject(fault);
    }

    @Override
    public void refuse(IrqKind kind) {
        vectors.refuse(kind);
    }

    @Override
    public void vanish() {
        gone = true;
        model.busMaster(false);
        model.interruptsTo(InterruptPort.NONE);
        vectors.cut();
    }

    /// The card is pulled out.
    void remove() {
        gone = true;
        faults.close();
        model.remove();
        vectors.cut();
    }

    @Override
    public String toString() {
        return address + " " + function.id();
    }
}
