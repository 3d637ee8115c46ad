package dev.netstack4j.bus.emulated.i82576;

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
import dev.netstack4j.bus.emulated.silicon.RxStats;
import dev.netstack4j.bus.emulated.silicon.Stats;
import dev.netstack4j.bus.emulated.silicon.TxStats;
import java.lang.foreign.Arena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An 82576: dispatches register accesses to its units, and is the engine that moves its data.
///
/// A register write stores a value and at most rings the engine. The exceptions are CTRL.RST, which has done its work
/// when the write returns, and the configuration of a unit, which waits for the unit's turn to end.
///
/// Not modelled: virtual functions, VMDq, header split, timestamps, security offload, SCTP, fibre, management, half
/// duplex and speeds below 1 Gbit/s, loopback, the MSI-X table as memory (the bus routes vectors), EEPROM writing.
/// Negotiation of the link takes no time. Accesses to what is not there read 0 and write nothing.
public final class Chip82576 implements DeviceModel, WireReceiver, Engine {
    /// Queue pairs.
    static final int QUEUES = 16;

    static final int INTEL = 0x8086;
    static final int DEVICE = 0x10C9;
    static final int SUBSYSTEM = 0xA03C;

    private static final int INTERNAL_PHY = 0x02A8_0391;
    private static final int CLASS_ETHERNET = 0x020000;
    private static final int MEMORY_BAR = 0;
    private static final int QUEUE_BYTES = 0x40;
    private static final int OLD_QUEUE_BYTES = 0x100;
    private static final int OLD_QUEUES = 4;
    private static final int OLD_RX = 0x2800;
    private static final int OLD_TX = 0x3800;
    private static final PciFunction FUNCTION = new PciFunction(
            PciId.of(INTEL, DEVICE, INTEL, SUBSYSTEM),
            new PciFunction.Numbers(INTEL, DEVICE, INTEL, SUBSYSTEM),
            CLASS_ETHERNET,
            0x01,
            List.of(
                    new Bar(MEMORY_BAR, 128 << 10, false),
                    new Bar(1, 128 << 10, false),
                    new Bar(2, 32, true),
                    new Bar(3, 16 << 10, false)),
            0x40,
            0x50,
            0x70,
            InterruptUnit.VECTORS);

    private final Arena arena = Arena.ofShared();
    private final int[] file = new int[Reg.END >> 2];
    private final Wire wire;
    private final ModelContext context;
    private final Eeprom eeprom;
    private final Phy phy = new Phy(INTERNAL_PHY);
    private final Stats stats = new Stats();
    private final InterruptUnit interrupts;
    private final PauseUnit pause;
    private final RxUnit rx;
    private final TxUnit tx;
    /// Held by the engine during its turn, and by who resets or configures the transmit unit.
    private final SpinLock gate;
    private final SpinLock linkLock;
    private final EngineHandle handle;
    private volatile boolean linkUp;
    private volatile boolean gone;

    /// @param context what it is soldered to
    public Chip82576(ModelContext context) {
        this.context = context;
        this.wire = context.wire();
        this.eeprom = new Eeprom(context.mac(), context.eepromGood());
        this.gate = context.host().sync().spinLock(context.name() + " gate");
        this.linkLock = context.host().sync().spinLock(context.name() + " link");
        this.interrupts =
                new InterruptUnit(context.host().sync(), context.host().clock(), this::ring);
        Reg.reset(file);
        loadAddress();
        this.pause = new PauseUnit(context.name(), context.host().sync(), arena, file);
        this.rx = new RxUnit(context, arena, file, new RxStats(stats), interrupts, pause, this::ring, wire::resume);
        this.tx = new TxUnit(context, arena, file, new TxStats(stats), pause);
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

    // ---- registers

    @Override
    public int read32(int bar, int offset) {
        return bar == MEMORY_BAR ? read(offset) : 0;
    }

    @Override
    public void write32(int bar, int offset, int value) {
        if (bar == MEMORY_BAR) {
            write(offset, value);
        }
    }

    private int read(int offset) {
        if (InterruptUnit.owns(offset)) {
            return interrupts.read(offset);
        }
        int place = queuePlace(offset);
        if (place >= Reg.TX_QUEUES) {
            return tx.queue(place - Reg.TX_QUEUES >> 6).read(place & QUEUE_BYTES - 1);
        }
        if (place >= 0) {
            return rx.readQueue(place - Reg.RX_QUEUES >> 6, place & QUEUE_BYTES - 1);
        }
        return switch (offset) {
            case Reg.CTRL_DUP -> file[Reg.CTRL >> 2];
            case Reg.STATUS -> status();
            default -> readStored(offset);
        };
    }

    private int readStored(int offset) {
        if (Stats.covers(offset)) {
            return stats.read(offset);
        }
        return offset < Reg.END ? file[offset >> 2] : 0;
    }

    private int status() {
        int fixed = Reg.STATUS_FD | Reg.STATUS_SPEED_1000 | Reg.STATUS_RST_DONE;
        boolean off = tx.isBlocked(context.host().clock().nanos());
        return fixed | (linkUp ? Reg.STATUS_LU : 0) | (off ? Reg.STATUS_TXOFF : 0);
    }

    /// The place of a queue register in its main range, whichever of its two addresses was used; -1 for others.
    private static int queuePlace(int offset) {
        boolean main = offset >= Reg.RX_QUEUES && offset < Reg.RX_QUEUES + QUEUES * QUEUE_BYTES
                || offset >= Reg.TX_QUEUES && offset < Reg.TX_QUEUES + QUEUES * QUEUE_BYTES;
        if (main) {
            return offset;
        }
        int within = offset & OLD_QUEUE_BYTES - 1;
        if (within >= QUEUE_BYTES) {
            return -1;
        }
        if (offset >= OLD_RX && offset < OLD_RX + OLD_QUEUES * OLD_QUEUE_BYTES) {
            return Reg.RX_QUEUES + (offset - OLD_RX >> 8) * QUEUE_BYTES + within;
        }
        return offset >= OLD_TX && offset < OLD_TX + OLD_QUEUES * OLD_QUEUE_BYTES
                ? Reg.TX_QUEUES + (offset - OLD_TX >> 8) * QUEUE_BYTES + within
                : -1;
    }

    private void write(int offset, int value) {
        if (InterruptUnit.owns(offset)) {
            interrupts.write(offset, value);
            return;
        }
        int place = queuePlace(offset);
        if (place >= 0) {
            writeQueue(place, value);
            return;
        }
        switch (offset) {
            case Reg.CTRL, Reg.CTRL_DUP -> control(value);
            case Reg.STATUS -> {}
            case Reg.EERD -> file[Reg.EERD >> 2] = eeprom.access(value);
            case Reg.MDIC -> managementData(value);
            case Reg.CTRL_EXT -> {
                file[Reg.CTRL_EXT >> 2] = value;
                interrupts.autoMask((value & Reg.CTRL_EXT_IAME) != 0);
            }
            case Reg.VET -> {
                rx.write(offset, value);
                transmit(offset, value);
            }
            default -> writeUnit(offset, value);
        }
    }

    private void writeQueue(int place, int value) {
        int register = place & QUEUE_BYTES - 1;
        if (place < Reg.TX_QUEUES) {
            rx.writeQueue(place - Reg.RX_QUEUES >> 6, register, value);
            return;
        }
        TxQueue q = tx.queue(place - Reg.TX_QUEUES >> 6);
        if (register == Reg.TDT) {
            q.tail(value);
        } else {
            gate.lock();
            q.write(register, value);
            gate.unlock();
        }
        ring();
    }

    private void writeUnit(int offset, int value) {
        switch (offset >> 8) {
            case Reg.RCTL >> 8, 0x21, 0x24, 0x50, 0x52, 0x53, 0x54, 0x56, 0x57, 0x58, 0x5C -> rx.write(offset, value);
            case Reg.TCTL >> 8, 0x34, 0x35 -> transmit(offset, value);
            default -> store(offset, value);
        }
    }

    private void store(int offset, int value) {
        if (offset < Reg.END && !Stats.covers(offset)) {
            file[offset >> 2] = value;
        }
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

    private void managementData(int value) {
        file[Reg.MDIC >> 2] = phy.access(value);
        if (phy.takeRestarted()) {
            negotiated();
        }
        if ((value & Reg.MDIC_INTERRUPT) != 0) {
            interrupts.raise(Reg.MDAC);
        }
    }

    /// The PHY has negotiated anew; with a link that is a change of the link for the MAC.
    private void negotiated() {
        updateLink();
        if (linkUp) {
            interrupts.raise(Reg.LSC);
        }
    }

    private void control(int value) {
        if ((value & Reg.CTRL_RST) != 0) {
            reset();
            return;
        }
        if ((value & Reg.CTRL_PHY_RST) != 0) {
            phy.reset();
        }
        rx.write(Reg.CTRL, value & ~Reg.CTRL_PHY_RST);
        updateLink();
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
        updateLink();
        ring();
    }

    // ---- PCI side

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

    // ---- wire side

    @Override
    public int receive(FrameBatch batch) {
        return rx.receive(batch);
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
            rx.linkUp(linkUp);
            interrupts.raise(Reg.LSC);
            ring();
        }
    }

    // ---- engine

    @Override
    public int doWork(long nowNanos) {
        if (gone || !gate.tryLock()) {
            return gone ? 0 : 1;
        }
        int done;
        int reported;
        try {
            done = linkUp ? tx.run(nowNanos) : 0;
            reported = tx.takeReported();
        } finally {
            gate.unlock();
        }
        if (reported != 0) {
            interrupts.queues(0, reported);
        }
        done += rx.pump(nowNanos) + (interrupts.expire(nowNanos) ? 1 : 0);
        reportFault();
        return done;
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
