package dev.netstack4j.bus.emulated.fault;

import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.IrqKind;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.bus.emulated.pci.InterruptPort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The faults of one device: those that are to come, and those that are there. An engine of the host carries them out
/// at their time; it exists from the first injection on.
public final class DeviceFaults implements Engine {
    private static final System.Logger LOG = System.getLogger("dev.netstack4j.bus.emulated");

    private final String device;
    private final BusContext host;
    private final DmaFaults dma;
    private final IrqFaults irqs;
    private final FaultyLink link;
    private final Slot slot;
    private final SpinLock lock;
    private final List<Planned> plan = new ArrayList<>(); // guarded by lock
    private volatile long due = NEVER;
    private volatile @Nullable EngineHandle handle;

    private record Planned(long at, Fault fault, boolean ends) {}

    /// The slot that the device sits in. Any context.
    public interface Slot {
        /// From now on that kind of interrupt is not granted.
        void refuse(IrqKind kind);

        /// The device is pulled out.
        void vanish();
    }

    /// @param device name for the log
    public DeviceFaults(String device, BusContext host, DmaFaults dma, FaultyLink link, Slot slot) {
        this.device = device;
        this.host = host;
        this.dma = dma;
        this.link = link;
        this.slot = slot;
        this.lock = host.sync().spinLock(device + " faults");
        this.irqs = new IrqFaults(host.sync(), device, this::ring);
        dma.ringBy(this::ring);
    }

    private void ring() {
        EngineHandle h = handle;
        if (h != null) {
            h.ring();
        }
    }

    /// Where interrupts really go, for a device whose bus says that they go to `real`.
    public InterruptPort port(InterruptPort real) {
        return irqs.port(real);
    }

    /// Lets it happen. Process context under the control lock.
    public void inject(Fault fault) {
        if (handle == null) {
            handle = host.engines().add(device + " faults", this);
        }
        long now = host.clock().nanos();
        if (fault.afterNanos() == 0) {
            begin(fault, now);
        } else {
            add(new Planned(now + fault.afterNanos(), fault, false));
        }
        ring();
    }

    private void add(Planned p) {
        lock.lock();
        plan.add(p);
        due = Math.min(due, p.at);
        lock.unlock();
    }

    private void begin(Fault f, long now) {
        LOG.log(System.Logger.Level.INFO, "{0} {1}: injected fault {2}", host.stackName(), device, f);
        switch (f.kind()) {
            case LOSE_IRQ -> irqs.lose(f.amount());
            case SPURIOUS_IRQ -> irqs.spurious(f.amount(), now);
            case REPEAT_IRQ -> irqs.repeat(f.amount());
            case LATE_WRITEBACK -> dma.late(f.amount());
            case DMA_ERROR -> dma.abort(f.amount());
            case HANG_TX -> dma.hang(true);
            case LINK_FLAP -> link.cut(true);
            case REFUSE_MSIX -> slot.refuse(IrqKind.MSI_X);
            case REFUSE_MSI -> slot.refuse(IrqKind.MSI);
            case REMOVE -> {
                slot.vanish();
                link.cut(true);
            }
        }
        boolean lasts = f.kind() == FaultKind.HANG_TX || f.kind() == FaultKind.LINK_FLAP;
        if (lasts && f.amount() != Long.MAX_VALUE) {
            add(new Planned(now + f.amount(), f, true));
        }
    }

    private void end(Fault f) {
        if (f.kind() == FaultKind.HANG_TX) {
            dma.hang(false);
            link.resumeDevice();
        } else {
            link.cut(false);
        }
    }

    /// The device is unplugged. Process context.
    public void close() {
        EngineHandle h = handle;
        handle = null;
        if (h != null) {
            h.remove();
        }
    }

    @Override
    public int doWork(long now) {
        int done = dma.expire(now) + irqs.expire(now);
        for (Planned p = nextDue(now); p != null; p = nextDue(now)) {
            if (p.ends) {
                end(p.fault);
            } else {
                begin(p.fault, now);
            }
            done++;
        }
        return done;
    }

    private @Nullable Planned nextDue(long now) {
        if (due > now) {
            return null;
        }
        lock.lock();
        try {
            @Nullable Planned first = null;
            long rest = NEVER;
            for (Planned p : plan) {
                if (first == null && p.at <= now) {
                    first = p;
                } else {
                    rest = Math.min(rest, p.at);
                }
            }
            if (first != null) {
                plan.remove(first);
            }
            due = rest;
            return first;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return Math.min(due, Math.min(dma.due(), irqs.due()));
    }
}
