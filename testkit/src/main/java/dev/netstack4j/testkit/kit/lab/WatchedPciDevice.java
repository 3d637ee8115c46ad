package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.DmaMapper;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.hardware.IrqVectors;
import dev.netstack4j.api.hardware.PciDevice;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.testkit.kit.lab.Faults.Resource;
import java.util.ArrayList;
import java.util.List;

/// A PCI device as the driver under judgement sees it.
public final class WatchedPciDevice implements PciDevice {
    private final PciDevice inner;
    private final Faults faults;
    private final WatchedDma dma;
    private final HandlerWatch handlers;
    private List<IrqKind> granted = List.of(IrqKind.MSI_X, IrqKind.MSI, IrqKind.INTX);
    private int vectors;
    private boolean enabled;
    private volatile boolean gone;

    WatchedPciDevice(PciDevice inner, Faults faults, Watch watch, HandlerWatch handlers) {
        this.inner = inner;
        this.faults = faults;
        this.handlers = handlers;
        this.dma = new WatchedDma(inner.dma(), faults, watch);
    }

    /// Kinds of interrupts that the machine has.
    public void grant(List<IrqKind> kinds) {
        granted = List.copyOf(kinds);
    }

    /// From now on nobody answers.
    public void vanish() {
        gone = true;
    }

    /// What is held, as a sentence; empty when everything was given back.
    public String held() {
        StringBuilder s = new StringBuilder(heldByOpening());
        append(s, vectors, "interrupt vectors");
        if (enabled) {
            append(s, 1, "enabled device");
        }
        return s.toString();
    }

    /// What of it an opening takes.
    public String heldByOpening() {
        StringBuilder s = new StringBuilder();
        append(s, handlers.requested(), "interrupt handlers");
        append(s, dma.mappings(), "mapped buffers");
        append(s, dma.coherentBytes(), "bytes of ring memory");
        return s.toString();
    }

    private static void append(StringBuilder s, long count, String what) {
        if (count != 0) {
            s.append(s.isEmpty() ? "" : ", ").append(count).append(' ').append(what);
        }
    }

    /// Its mappings.
    public WatchedDma watchedDma() {
        return dma;
    }

    @Override
    public String address() {
        return inner.address();
    }

    @Override
    public PciId id() {
        return inner.id();
    }

    @Override
    public int configRead32(int offset) {
        return gone ? -1 : inner.configRead32(offset);
    }

    @Override
    public void configWrite32(int offset, int value) {
        if (!gone) {
            inner.configWrite32(offset, value);
        }
    }

    @Override
    public void enable() throws NetException {
        if (faults.use(Resource.ENABLE)) {
            throw new NetException(Errno.ENODEV, "enable PCI device " + address());
        }
        inner.enable();
        enabled = true;
    }

    @Override
    public void disable() {
        enabled = false;
        inner.disable();
    }

    @Override
    public IoMemory mapBar(int bar) throws NetException {
        if (faults.use(Resource.BAR)) {
            throw new NetException(Errno.ENODEV, "map bar " + bar + " of PCI device " + address());
        }
        IoMemory window = inner.mapBar(bar);
        return new IoMemory() {
            @Override
            public int read32(int offset) {
                return gone ? -1 : window.read32(offset);
            }

            @Override
            public void write32(int offset, int value) {
                if (!gone) {
                    window.write32(offset, value);
                }
            }

            @Override
            public int size() {
                return window.size();
            }
        };
    }

    @Override
    public DmaMapper dma() {
        return dma;
    }

    @Override
    public IrqVectors allocIrqVectors(int least, int most, List<IrqKind> kinds) throws NetException {
        List<IrqKind> both = new ArrayList<>(kinds);
        both.retainAll(granted);
        if (both.isEmpty() || faults.use(Resource.VECTORS)) {
            throw new NetException(Errno.ENODEV, "allocate interrupt vectors of " + address());
        }
        IrqVectors made = inner.allocIrqVectors(least, most, both);
        int count = made.irqs().size();
        vectors += count;
        List<dev.netstack4j.api.hardware.Irq> irqs = handlers.wrap(made);
        return new IrqVectors() {
            private boolean freed;

            @Override
            public IrqKind kind() {
                return made.kind();
            }

            @Override
            public List<dev.netstack4j.api.hardware.Irq> irqs() {
                return irqs;
            }

            @Override
            public void free() {
                vectors -= freed ? 0 : count;
                freed = true;
                made.free();
            }
        };
    }
}
