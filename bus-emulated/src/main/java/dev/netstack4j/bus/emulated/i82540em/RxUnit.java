package dev.netstack4j.bus.emulated.i82540em;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.bus.emulated.pci.ModelContext;
import dev.netstack4j.bus.emulated.silicon.AddressFilter;
import dev.netstack4j.bus.emulated.silicon.HeaderView;
import dev.netstack4j.bus.emulated.silicon.PauseUnit;
import dev.netstack4j.bus.emulated.silicon.RxFifo;
import dev.netstack4j.bus.emulated.silicon.RxStats;
import dev.netstack4j.bus.emulated.silicon.Stats;
import dev.netstack4j.bus.emulated.silicon.SuperFrameCutter;
import java.lang.foreign.Arena;

/// The receive side. A frame is filtered, then copied once, straight from the sender's memory into the posted buffers;
/// when there is no descriptor it waits in the packet buffer. Above FCRTH of it an XOFF frame goes out, at FCRTL an XON
/// frame; when it is full the frame is missed.
///
/// Everything but the tail register is guarded by one lock, because frames come on the sender's thread while the engine
/// drains the packet buffer on this host's.
///
/// Not as on silicon: a frame is written when all its descriptors are there, not descriptor by descriptor; a wire
/// without a rate has no time in which a PAUSE frame could arrive, so with CTRL.TFCE a full packet buffer makes the
/// wire hold instead of losing frames; a short frame is padded here, for wires that bring frames which no Ethernet
/// controller has sent; store bad packets (RCTL.SBP), packet split and IPv6 checksums are not modelled.
final class RxUnit {
    private static final int FCS = 4;
    /// Beside the causes of [#collect]: the engine has a nearer deadline. No cause has this bit.
    private static final int RING = 1 << 31;

    private final int[] file;
    private final RxStats stats;
    private final SpinLock lock;
    private final Clock clock;
    private final InterruptUnit interrupts;
    private final Runnable ringEngine;
    private final Runnable resumeWire;
    private final RxConfig config = new RxConfig();
    private final AddressFilter filter;
    private final HeaderView header;
    private final RxAdmission admission;
    private final RxFifo fifo;
    private final SuperFrameCutter cutter;
    private final SuperFrameCutter.Taker taker = this::takeIfRoom;
    private final RxWriter writer;
    private final DelayTimer timer = new DelayTimer();
    private final PauseUnit pause;

    private boolean open = true;
    private boolean linkUp;
    private boolean held;
    /// The other end was asked to pause, and not yet to go on.
    private boolean xoff;
    private boolean sawPacket;
    private int causes;
    /// Whether somebody waits for descriptors. Written before the tail is read, as the tail is written before this is
    /// read.
    private volatile boolean waiting;

    RxUnit(
            ModelContext context,
            Arena arena,
            int[] file,
            Stats stats,
            InterruptUnit interrupts,
            PauseUnit pause,
            Runnable ringEngine,
            Runnable resumeWire) {
        this.file = file;
        this.stats = new RxStats(stats);
        this.lock = context.host().sync().spinLock(context.name() + " receive");
        this.clock = context.host().clock();
        this.interrupts = interrupts;
        this.pause = pause;
        this.ringEngine = ringEngine;
        this.resumeWire = resumeWire;
        this.filter = new AddressFilter(file);
        this.header = new HeaderView(arena);
        this.admission = new RxAdmission(config, header, filter, this.stats, pause, clock, ringEngine);
        this.fifo = new RxFifo(arena);
        this.cutter = new SuperFrameCutter(arena);
        this.writer = new RxWriter(context.dma(), config, header);
        reload();
    }

    // Control side

    /// A receive register other than the tail was written.
    void write(int register, int value) {
        int collected;
        lock.lock();
        try {
            file[register >> 2] = value;
            if (register == Reg.RDH) {
                writer.ring().head(value);
            }
            if (register == Reg.RDTR && (value & Reg.RDTR_FPD) != 0) {
                flushTimer();
            }
            reload();
            collected = collect();
        } finally {
            lock.unlock();
        }
        signal(collected);
        if (waiting) {
            ringEngine.run();
        }
    }

    private void reload() {
        config.load(file);
        filter.configure();
        writer.configure(file);
        fifo.capacity(file[Reg.PBA >> 2] & 0x3F);
        waiting = isWaiting();
    }

    private boolean isWaiting() {
        return held || xoff || pause.isWanted() || !fifo.isEmpty();
    }

    private void flushTimer() {
        file[Reg.RDTR >> 2] &= ~Reg.RDTR_FPD;
        if (timer.isRunning()) {
            timer.stop();
            causes |= Reg.RXT0;
        }
    }

    int head() {
        return writer.ring().head();
    }

    int tail() {
        return writer.ring().tail();
    }

    /// The doorbell: more buffers.
    void tail(int value) {
        writer.ring().tail(value);
        if (waiting) {
            ringEngine.run();
        }
    }

    void linkUp(boolean up) {
        lock.lock();
        linkUp = up;
        lock.unlock();
    }

    void busMaster(boolean allowed) {
        lock.lock();
        writer.busMaster(allowed);
        lock.unlock();
        ringEngine.run();
    }

    /// CTRL.RST, under the lock of nobody.
    void reset() {
        lock.lock();
        try {
            writer.ring().reset();
            fifo.clear();
            timer.stop();
            causes = 0;
            sawPacket = false;
            xoff = false;
            reload();
        } finally {
            lock.unlock();
        }
        ringEngine.run();
    }

    void close() {
        lock.lock();
        open = false;
        lock.unlock();
    }

    // Wire side

    /// Frames from the wire; any thread.
    int receive(FrameBatch b) {
        int taken;
        int collected;
        lock.lock();
        try {
            taken = open && linkUp && config.enabled ? takeAll(b) : loseAll(b);
            collected = collect();
        } finally {
            lock.unlock();
        }
        signal(collected);
        if (waiting && (pause.isWanted() || writer.ring().available() > 0)) {
            ringEngine.run(); // a PAUSE frame is to be sent, or descriptors came while the frame was put aside
        }
        return taken;
    }

    private int loseAll(FrameBatch b) {
        cutter.forget();
        return b.size();
    }

    private int takeAll(FrameBatch b) {
        writer.begin();
        drain();
        int n = b.size();
        for (int f = 0; f < n; f++) {
            if (!cutter.give(b, f, taker)) {
                hold();
                return f;
            }
        }
        return n;
    }

    private boolean takeIfRoom(FrameBatch b, int f) {
        if (config.sendPause && !hasRoom(b, f)) {
            return false;
        }
        take(b, f);
        return true;
    }

    /// Frames of MAC control take none.
    private boolean hasRoom(FrameBatch b, int f) {
        int length = b.frameLength(f);
        return fifo.isEmpty() || fifo.fits(length) || admission.isControl(b, f, length);
    }

    /// The buffer would overflow: one more XOFF, in case that the first did not arrive.
    private void hold() {
        if (!held) {
            held = true;
            askToPause();
        }
    }

    private void askToPause() {
        xoff = true;
        pause.wantXoff();
    }

    /// Under the lock: what the fill of the packet buffer asks of the other end.
    private void settle() {
        if (!xoff && config.sendPause && linkUp && fifo.used() >= config.highWater) {
            askToPause();
        } else if (xoff && fifo.used() <= config.lowWater) {
            xoff = false;
            if (config.xon) {
                pause.wantXon();
            }
        }
        waiting = isWaiting();
    }

    private void take(FrameBatch b, int f) {
        int length = b.frameLength(f);
        stats.arrived(length);
        int match = admission.admit(b, f, length);
        if (match != AddressFilter.REFUSE && store(b, f, length, match)) {
            stats.good(header, length);
        }
    }

    private boolean store(FrameBatch b, int f, int length, int match) {
        if (fifo.isEmpty() && deliver(b, f, length, match)) {
            return true;
        }
        stats.count(Reg.RNBC);
        if (fifo.add(b, f, length, match)) {
            return true;
        }
        stats.count(Reg.MPC);
        causes |= Reg.RXO;
        return false;
    }

    private boolean deliver(FrameBatch b, int f, int length, int match) {
        int used = writer.write(b, f, length, match);
        if (used == 0) {
            return false;
        }
        sawPacket = true;
        int left = writer.ring().available();
        int threshold = writer.ring().count() >> config.thresholdShift;
        if (left <= threshold && left + used > threshold) {
            causes |= Reg.RXDMT0;
        }
        if (length + FCS <= config.smallPacket) {
            causes |= Reg.SRPD;
        }
        return true;
    }

    // Engine side

    /// Moves what waits into descriptors that have come, and lets the wire go on.
    int pump() {
        if (!waiting) {
            return 0;
        }
        int moved;
        int collected;
        boolean release;
        lock.lock();
        try {
            writer.begin();
            moved = drain();
            boolean holds = linkUp && config.enabled && config.sendPause;
            release = held && (!holds || fifo.used() <= Math.min(config.highWater, fifo.capacity() / 2));
            held &= !release;
            collected = collect();
        } finally {
            lock.unlock();
        }
        signal(collected);
        if (release) {
            resumeWire.run();
        }
        return moved;
    }

    private int drain() {
        int moved = 0;
        while (!fifo.isEmpty()) {
            FrameBatch b = fifo.front();
            int length = b.frameLength(0);
            header.look(b, 0, length);
            if (!deliver(b, 0, length, fifo.frontTag())) {
                break;
            }
            fifo.removeFront();
            moved++;
        }
        return moved;
    }

    /// Under the lock: takes what a batch has caused, and starts the timers.
    private int collect() {
        settle();
        int collected = causes;
        causes = 0;
        if (sawPacket && config.delay == 0) {
            collected |= Reg.RXT0;
        } else if (sawPacket && timer.start(clock.nanos(), config.delay, config.longestDelay)) {
            collected |= RING;
        }
        sawPacket = false;
        return collected;
    }

    /// Outside the lock, since it reaches the interrupt controller.
    private void signal(int collected) {
        if ((collected & ~RING) != 0) {
            interrupts.raise(collected & ~RING);
        }
        if ((collected & RING) != 0) {
            ringEngine.run();
        }
    }

    /// When a delayed cause is due.
    long deadline() {
        return timer.due();
    }

    /// The engine's turn: a delayed cause.
    boolean expire(long now) {
        if (timer.due() > now) {
            return false;
        }
        int collected;
        lock.lock();
        try {
            if (timer.due() <= now) {
                timer.stop();
                causes |= Reg.RXT0;
            }
            collected = collect();
        } finally {
            lock.unlock();
        }
        signal(collected);
        return true;
    }
}
