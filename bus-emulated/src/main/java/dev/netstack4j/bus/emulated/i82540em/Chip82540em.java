package dev.netstack4j.bus.emulated.i82540em;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.PciId;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.bus.emulated.pci.Bar;
import dev.netstack4j.bus.emulated.pci.DeviceModel;
import dev.netstack4j.bus.emulated.pci.InterruptPort;
import dev.netstack4j.bus.emulated.pci.ModelContext;
import dev.netstack4j.bus.emulated.pci.PciFunction;
import dev.netstack4j.bus.emulated.silicon.PauseUnit;
import dev.netstack4j.bus.emulated.silicon.Phy;
import dev.netstack4j.bus.emulated.silicon.Stats;
import java.lang.foreign.Arena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An 82540EM: dispatches register accesses to its units, and is the engine that moves its data.
///
/// A register write stores a value and at most rings the engine. The exceptions are CTRL.RST, which has done its work
/// when the write returns, and the configuration of a unit, which waits for the unit's turn to end.
///
/// Not modelled: wake-up and power management, EEPROM writing and bit-banging, flash, half duplex, speeds below 1
/// Gbit/s, diagnostic access to the packet buffer, SNAP and IPv6 in receive checksums. A wire that holds shows as
/// STATUS.TXOFF, as a pause does. Accesses to what is not there read 0 and write nothing.
public final class Chip82540em implements DeviceModel, WireReceiver, Engine {
    static final int INTEL = 0x8086;
    static final int DEVICE = 0x100E;
    static final int SUBSYSTEM = 0x001E;

    private static final int M88E1011 = 0x0141_0C20;
    private static final int CLASS_ETHERNET = 0x020000;
    private static final int MEMORY_BAR = 0;
    private static final int IO_BAR = 2;
    private static final PciFunction FUNCTION = new PciFunction(
            PciId.of(INTEL, DEVICE, INTEL, SUBSYSTEM),
            new PciFunction.Numbers(INTEL, DEVICE, INTEL, SUBSYSTEM),
            CLASS_ETHERNET,
            0x02,
            List.of(new Bar(MEMORY_BAR, 128 << 10, false), new Bar(IO_BAR, 64, true)),
            0xDC,
            0xF0,
            0,
            0);

    private final Arena arena = Arena.ofShared();
    private final int[] file = new int[Reg.END >> 2];
    private final Wire wire;
    private final ModelContext context;
    private final Eeprom eeprom;
    private final Phy phy = new Phy(M88E1011);
    private final Stats stats = new Stats();
    private final InterruptUnit interrupts;
    private final RxUnit rx;
    private final TxUnit tx;
    /// Held by the engine during its turn, and by who resets or configures the transmit unit.
    private final SpinLock gate;
    private final SpinLock linkLock;
    private final EngineHandle handle;
    private volatile boolean linkUp;
    private volatile boolean loopback;
    private volatile boolean gone;
    private int ioAddress;

    /// @param context what it is soldered to
    public Chip82540em(ModelContext context) {
        this.context = context;
        this.wire = context.wire();
        this.eeprom = new Eeprom(context.mac(), context.eepromGood());
        this.gate = context.host().sync().spinLock(context.name() + " gate");
        this.linkLock = context.host().sync().spinLock(context.name() + " link");
        this.interrupts =
                new InterruptUnit(context.host().sync(), context.host().clock(), this::ring);
        Reg.reset(file);
        loadAddress();
        PauseUnit pause = new PauseUnit(context.name(), context.host().sync(), arena, file);
        this.rx = new RxUnit(context, arena, file, stats, interrupts, pause, this::ring, wire::resume);
        this.tx = new TxUnit(context, arena, file, stats, pause);
        tx.reset();
        this.handle = context.host().engines().add(context.name(), this);
    }

    private void loadAddress() {
        file[Reg.RAL >> 2] = eeprom.addressLow();
        file[Reg.RAH >> 2] = eeprom.addressHigh();
    }

    private void ring() {
        if (!gone) {
            handle.ring();
        }
    }

    @Override
    public PciFunction function() {
        return FUNCTION;
    }

    // Registers

    @Override
    public int read32(int bar, int offset) {
        if (bar == IO_BAR) {
            return offset == 0 ? ioAddress : offset == 4 ? read(ioAddress) : 0;
        }
        return read(offset);
    }

    @Override
    public void write32(int bar, int offset, int value) {
        if (bar != IO_BAR) {
            write(offset, value);
        } else if (offset == 0) {
            ioAddress = value & 0x1_FFFC;
        } else if (offset == 4) {
            write(ioAddress, value);
        }
    }

    private int read(int offset) {
        return switch (offset) {
            case Reg.CTRL_DUP -> file[Reg.CTRL >> 2];
            case Reg.STATUS -> status();
            case Reg.ICR -> interrupts.readCauses();
            case Reg.ICS, Reg.IMC -> 0; // write-only
            case Reg.IMS -> interrupts.mask();
            case Reg.ITR -> interrupts.throttle();
            case Reg.RDH -> rx.head();
            case Reg.RDT -> rx.tail();
            case Reg.TDH -> tx.head();
            case Reg.TDT -> tx.tail();
            default -> readStored(offset);
        };
    }

    private int readStored(int offset) {
        if (offset >= Reg.STATS && offset < Reg.STATS_END) {
            return stats.read(offset);
        }
        return offset < Reg.END ? file[offset >> 2] : 0;
    }

    private int status() {
        int fixed = Reg.STATUS_FD | Reg.STATUS_SPEED_1000 | Reg.STATUS_ASDV_1000;
        boolean off = tx.isBlocked(context.host().clock().nanos());
        return fixed | (linkUp ? Reg.STATUS_LU : 0) | (off ? Reg.STATUS_TXOFF : 0);
    }

    private void write(int offset, int value) {
        switch (offset) {
            case Reg.RDT -> rx.tail(value);
            case Reg.TDT -> transmitDoorbell(value);
            case Reg.ICR -> interrupts.clearCauses(value);
            case Reg.ICS -> interrupts.raise(value);
            case Reg.IMS -> interrupts.unmask(value);
            case Reg.IMC -> interrupts.mask(value);
            case Reg.ITR -> interrupts.throttle(value);
            case Reg.CTRL, Reg.CTRL_DUP -> control(value);
            case Reg.STATUS -> {}
            case Reg.EECD -> eecd(value);
            case Reg.EERD -> file[Reg.EERD >> 2] = eeprom.access(value);
            case Reg.MDIC -> managementData(value);
            case Reg.VET -> toBoth(offset, value);
            default -> writeUnit(offset, value);
        }
    }

    private void transmitDoorbell(int value) {
        tx.tail(value);
        ring();
    }

    private void writeUnit(int offset, int value) {
        switch (offset >> 8) {
            case Reg.RCTL >> 8 -> receive(offset, value);
            case 0x21, 0x28, 0x2C, 0x10 -> rx.write(offset, value);
            case 0x50, 0x52, 0x53, 0x54, 0x56, 0x57 -> rx.write(offset, value);
            case Reg.TCTL >> 8, 0x30, 0x38 -> transmit(offset, value);
            default -> store(offset, value);
        }
    }

    private void store(int offset, int value) {
        boolean statistics = offset >= Reg.STATS && offset < Reg.STATS_END;
        if (offset < Reg.END && !statistics) {
            file[offset >> 2] = value;
        }
    }

    private void receive(int offset, int value) {
        rx.write(offset, value);
        updateLoopback();
    }

    private void transmit(int offset, int value) {
        gate.lock();
        try {
            tx.write(offset, value);
        } finally {
            gate.unlock();
        }
        ring();
    }

    private void toBoth(int offset, int value) {
        rx.write(offset, value);
        transmit(offset, value);
    }

    private void eecd(int value) {
        int granted = (value & Reg.EECD_REQ) != 0 ? Reg.EECD_GNT : 0;
        file[Reg.EECD >> 2] = value & 0x4F | granted | Reg.EECD_PRES;
    }

    private void managementData(int value) {
        file[Reg.MDIC >> 2] = phy.access(value);
        updateLoopback();
        if ((value & Reg.MDIC_INTERRUPT) != 0) {
            interrupts.raise(Reg.MDAC);
        }
    }

    private void control(int value) {
        if ((value & Reg.CTRL_RST) != 0) {
            reset();
            return;
        }
        if ((value & Reg.CTRL_PHY_RST) != 0) {
            phy.reset();
            updateLoopback();
        }
        rx.write(Reg.CTRL, value & ~Reg.CTRL_PHY_RST);
        updateLink();
    }

    private void updateLoopback() {
        boolean on = (file[Reg.RCTL >> 2] & Reg.RCTL_LBM) != 0 || phy.loopback();
        if (on != loopback) {
            loopback = on;
            rx.linkUp(linkUp || on);
            ring();
        }
    }

    /// CTRL.RST: all but the PCI side and the PHY.
    private void reset() {
        gate.lock();
        try {
            context.dma().wasReset();
            interrupts.reset();
            Reg.reset(file);
            loadAddress();
            tx.reset();
            rx.reset();
            stats.reset();
        } finally {
            gate.unlock();
        }
        updateLoopback();
        updateLink();
        ring();
    }

    // PCI side

    @Override
    public void busMaster(boolean allowed) {
        gate.lock();
        try {
            tx.busMaster(allowed);
        } finally {
            gate.unlock();
        }
        rx.busMaster(allowed);
    }

    @Override
    public void interruptsTo(InterruptPort port) {
        interrupts.port(port);
    }

    @Override
    public int offloads() {
        return Wire.CAN_CSUM | Wire.CAN_TSO4;
    }

    @Override
    public WireReceiver receiver() {
        return this;
    }

    @Override
    public void remove() {
        gone = true;
        handle.remove();
        rx.close();
        interrupts.port(InterruptPort.NONE);
        arena.close();
        wire.resume();
    }

    // Wire side

    @Override
    public int receive(FrameBatch batch) {
        return loopback ? batch.size() : rx.receive(batch);
    }

    @Override
    public void resume() {
        tx.resume();
        ring();
    }

    @Override
    public void linkChanged(boolean up) {
        updateLink();
    }

    /// The MAC sees a link when the PHY has one and the driver has set CTRL.SLU.
    private void updateLink() {
        boolean changed;
        linkLock.lock();
        try {
            boolean phyUp = wire.isUp();
            boolean up = phyUp && (file[Reg.CTRL >> 2] & Reg.CTRL_SLU) != 0;
            changed = up != linkUp;
            linkUp = up;
            phy.link(phyUp);
        } finally {
            linkLock.unlock();
        }
        if (changed) {
            rx.linkUp(linkUp || loopback);
            interrupts.raise(Reg.LSC);
            ring();
        }
    }

    // Engine

    @Override
    public int doWork(long nowNanos) {
        if (gone || !gate.tryLock()) {
            return gone ? 0 : 1;
        }
        int done;
        int causes;
        try {
            done = transmitTurn(nowNanos);
            causes = tx.takeCauses(nowNanos);
        } finally {
            gate.unlock();
        }
        if (causes != 0) {
            interrupts.raise(causes);
        }
        done += rx.pump();
        done += rx.expire(nowNanos) ? 1 : 0;
        done += interrupts.expire(nowNanos) ? 1 : 0;
        reportFault();
        return done;
    }

    private int transmitTurn(long nowNanos) {
        if (loopback) {
            return tx.run(nowNanos, rx);
        }
        return linkUp ? tx.run(nowNanos, null) : 0;
    }

    private void reportFault() {
        @Nullable String fault = context.dma().takeFault();
        if (fault != null) {
            throw new IllegalStateException(fault);
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return Math.min(interrupts.deadline(), Math.min(rx.deadline(), tx.deadline()));
    }
}
