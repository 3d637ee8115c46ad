package dev.netstack4j.bus.emulated.pci;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciId;
import java.util.List;

/// A slot with a chip in it.
final class EmulatedPciDevice implements PciDevice {
    private final String address;
    private final DeviceModel model;
    private final PciFunction function;
    private final DmaMapper dma;
    private final ConfigSpace config;
    private final VectorGrant vectors;
    private volatile boolean decodes;
    private volatile boolean gone;

    EmulatedPciDevice(String address, DeviceModel model, DmaMapper dma, VectorGrant vectors) {
        this.address = address;
        this.model = model;
        this.function = model.function();
        this.dma = dma;
        this.config = new ConfigSpace(function);
        this.vectors = vectors;
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
        return gone ? -1 : config.read(offset);
    }

    @Override
    public void configWrite32(int offset, int value) {
        if (gone) {
            return;
        }
        config.write(offset, value);
        if (offset == ConfigSpace.COMMAND) {
            commandChanged();
        }
    }

    private void commandChanged() {
        decodes = config.has(ConfigSpace.COMMAND, ConfigSpace.COMMAND_MEMORY);
        model.busMaster(config.has(ConfigSpace.COMMAND, ConfigSpace.COMMAND_MASTER));
        vectors.intxMasked(model, config.has(ConfigSpace.COMMAND, ConfigSpace.COMMAND_INTX_DISABLE));
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
        return vectors.allocate(this, least, most, kinds);
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

    /// The card is pulled out.
    void remove() {
        gone = true;
        model.remove();
        vectors.cut();
    }

    @Override
    public String toString() {
        return address + " " + function.id();
    }
}
