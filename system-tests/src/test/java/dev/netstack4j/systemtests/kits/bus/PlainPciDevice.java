package dev.netstack4j.systemtests.kits.bus;

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

/// A slot with a [PlainChip] in it: one bar, MSI or a line.
final class PlainPciDevice implements PciDevice {
    private static final int VENDOR = 0x1AF4;
    private static final int DEVICE = 0x7E57;
    private static final int SUBSYSTEM = 1;
    private static final int MASTER = 0x6;

    private final BusContext host;
    private final String address;
    private final BusDefect defect;
    private final PlainChip chip;
    private final PlainDma dma;
    private int command;
    private boolean gone;

    PlainPciDevice(BusContext host, String address, int slot, Wire wire, BusDefect defect) {
        this.host = host;
        this.address = address;
        this.defect = defect;
        this.dma = new PlainDma(host.memory(), defect);
        this.chip = new PlainChip(host, wire, slot);
    }

    PlainChip chip() {
        return chip;
    }

    void remove() {
        if (defect != BusDefect.GONE_ANSWERS) {
            gone = true;
        }
        chip.power(false);
        chip.remove();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public PciId id() {
        return PciId.of(VENDOR, DEVICE, VENDOR, SUBSYSTEM);
    }

    @Override
    public int configRead32(int offset) {
        if (gone) {
            return -1;
        }
        return switch (offset) {
            case 0x00 -> DEVICE << 16 | (defect == BusDefect.WRONG_ID ? 0x8086 : VENDOR);
            case 0x04 -> command;
            case 0x2C -> SUBSYSTEM << 16 | VENDOR;
            default -> 0;
        };
    }

    @Override
    public void configWrite32(int offset, int value) {
        if (offset == 0x04 && !gone) {
            command = value & MASTER;
            chip.power((command & 4) != 0 || defect == BusDefect.DMA_WHEN_DISABLED && value == 0);
        }
    }

    @Override
    public void enable() throws NetException {
        if (gone) {
            throw new NetException(Errno.ENODEV, "enable " + address);
        }
        configWrite32(0x04, MASTER);
    }

    @Override
    public void disable() {
        if (defect != BusDefect.DMA_WHEN_DISABLED) {
            configWrite32(0x04, command & ~4);
        }
    }

    @Override
    public IoMemory mapBar(int bar) throws NetException {
        if (bar != 0 && defect != BusDefect.EVERY_BAR) {
            throw new NetException(Errno.ENODEV, "map bar " + bar + " of " + address);
        }
        return new IoMemory() {
            @Override
            public int read32(int offset) {
                if (defect == BusDefect.FAR_ACCESS_THROWS && offset >= size()) {
                    throw new IndexOutOfBoundsException(offset);
                }
                return gone || offset < 0 || offset >= size() ? -1 : chip.read(offset);
            }

            @Override
            public void write32(int offset, int value) {
                if (!gone && offset >= 0 && offset < size()) {
                    chip.write(offset, value);
                }
            }

            @Override
            public int size() {
                return PlainChip.WINDOW;
            }
        };
    }

    @Override
    public DmaMapper dma() {
        return dma;
    }

    @Override
    public IrqVectors allocIrqVectors(int least, int most, List<IrqKind> kinds) throws NetException {
        boolean message = kinds.contains(IrqKind.MSI) || defect == BusDefect.UNASKED_KIND;
        boolean line = kinds.contains(IrqKind.INTX);
        if (defect == BusDefect.WORST_KIND && line) {
            message = false;
        }
        if (least > 1 && defect != BusDefect.TOO_FEW || !message && !line) {
            throw new NetException(Errno.ENODEV, "allocate " + least + " interrupt vectors of " + address);
        }
        IrqLine made = host.newIrq(address);
        chip.interruptsTo(made, message);
        Irq irq = made.irq();
        IrqKind kind = message ? IrqKind.MSI : IrqKind.INTX;
        List<Irq> all = defect == BusDefect.TOO_MANY ? List.of(irq, irq) : List.of(irq);
        return new IrqVectors() {
            @Override
            public IrqKind kind() {
                return kind;
            }

            @Override
            public List<Irq> irqs() {
                return all;
            }

            @Override
            public void free() {
                chip.interruptsTo(null, false);
                if (defect != BusDefect.KEEPS_LINES) {
                    made.release();
                }
            }
        };
    }
}
