package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.bus.emulated.pci.ModelContext;
import dev.netstack4j.bus.emulated.silicon.AddressFilter;
import dev.netstack4j.bus.emulated.silicon.HeaderView;
import dev.netstack4j.bus.emulated.silicon.PauseUnit;
import dev.netstack4j.bus.emulated.silicon.RxFifo;
import dev.netstack4j.bus.emulated.silicon.RxStats;
import dev.netstack4j.bus.emulated.silicon.SuperFrameCutter;
import java.lang.foreign.Arena;

/// The receive side. A frame is filtered, given to a queue by its hash, and copied once into that queue's buffers; when
/// the queue has none it waits in the packet buffer, and all behind it wait too, or it is dropped if the queue's
/// SRRCTL says so. Above the high water mark PAUSE frames go out; when the buffer is full the frame is missed.
///
/// Everything but the tails is guarded by one lock, because frames come on the sender's thread while the engine drains
/// the packet buffer on this host's.
///
/// Not as on silicon: a wire without a rate has no time in which a PAUSE frame could arrive, so with CTRL.TFCE a full
/// packet buffer makes the wire hold instead of losing frames; a frame is written when all its descriptors are there.
final class RxUnit {
    private static final int MAC_CONTROL = 0x8808;
    private static final int OPCODE_PAUSE = 1;
    /// Room that the largest frame needs, kept free while the wire can be held.
    private static final int RESERVE = 10 << 10;

    private final int[] file;
    private final SpinLock lock;
    private final Clock clock;
    private final InterruptUnit interrupts;
    private final PauseUnit pause;
    private final Runnable ringEngine;
    private final Runnable resumeWire;
    private final RxConfig config = new RxConfig();
    private final RssUnit rss = new RssUnit();
    private final RxQueue[] queues;
    private final AddressFilter filter;
    private final HeaderView header;
    private final RxFifo fifo;
    private final RxWriter writer;
    private final RxStats stats;
    private final SuperFrameCutter cutter;
    private final SuperFrameCutter.Taker taker = this::takeIfRoom;

    private boolean open = true;
    private boolean linkUp;
    private boolean held;
    private boolean xoff;
    private long refreshAt = Engine.NEVER;
    private int causes;
    private int written;
    private volatile long deadline = Engine.NEVER;
    /// Whether somebody waits for descriptors. Written before a tail is read, as a tail is written before this is read.
    private volatile boolean waiting;

    RxUnit(
            ModelContext context,
            Arena arena,
            int[] file,
            RxStats stats,
            InterruptUnit interrupts,
            PauseUnit pause,
            Runnable ringEngine,
            Runnable resumeWire) {
        this.file = file;
        this.stats = stats;
        this.lock = context.host().sync().spinLock(context.name() + " receive");
        this.clock = context.host().clock();
        this.interrupts = interrupts;
        this.pause = pause;
        this.ringEngine = ringEngine;
        this.resumeWire = resumeWire;
        this.queues = new RxQueue[Chip82576.QUEUES];
        for (int q = 0; q < queues.length; q++) {
            queues[q] = new RxQueue(q);
        }
        this.filter = new AddressFilter(file);
        this.header = new HeaderView(arena);
        this.fifo = new RxFifo(arena);
        this.cutter = new SuperFrameCutter(arena);
        this.writer = new RxWriter(context.dma(), config, header, rss);
        reload();
        rss.configureKey(file);
    }

    // ---- control side

    /// A receive register that belongs to no queue was written.
    void write(int register, int value) {
        lock.lock();
        try {
            file[register >> 2] = value;
            if (register >= Reg.RSSRK && register < Reg.RSSRK_END) {
                rss.configureKey(file);
            }
            reload();
        } finally {
            lock.unlock();
        }
        ringEngine.run();
    }

    private void reload() {
        config.load(file);
        filter.configure();
        writer.configure(file);
        rss.configure(file);
        fifo.capacity(file[Reg.RXPBS >> 2] & 0x7F);
        waiting = held || xoff || !fifo.isEmpty();
    }

    int readQueue(int queue, int register) {
        lock.lock();
        try {
            return queues[queue].read(register);
        } finally {
            lock.unlock();
        }
    }

    void writeQueue(int queue, int register, int value) {
        if (register == Reg.RDT) {
            queues[queue].ring.tail(value);
        } else {
            lock.lock();
            queues[queue].write(register, value);
            lock.unlock();
        }
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

    /// CTRL.RST.
    void reset() {
        lock.lock();
        try {
            for (RxQueue q : queues) {
                q.reset();
            }
            fifo.clear();
            causes = 0;
            written = 0;
            xoff = false;
            refreshAt = Engine.NEVER;
            reload();
            rss.configureKey(file);
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

    // ---- wire side

    /// Frames from the wire; any thread.
    int receive(FrameBatch b) {
        int taken;
        lock.lock();
        try {
            taken = open && linkUp && config.enabled ? takeAll(b) : loseAll(b);
            settle();
        } finally {
            lock.unlock();
        }
        signal();
        if (waiting) {
            ringEngine.run();
        }
        return taken;
    }

    private int loseAll(FrameBatch b) {
        cutter.forget();
        return b.size();
    }

    private int takeAll(FrameBatch b) {
        drain();
        int n = b.size();
        for (int f = 0; f < n; f++) {
            if (!cutter.give(b, f, taker)) {
                held = true;
                return f;
            }
        }
        return n;
    }

    private boolean takeIfRoom(FrameBatch b, int f) {
        if (config.sendPause && fifo.used() + RESERVE > fifo.capacity()) {
            return false;
        }
        take(b, f);
        return true;
    }

    private void take(FrameBatch b, int f) {
        int length = b.frameLength(f);
        stats.arrived(length);
        int match = admit(b, f, length);
        if (match != AddressFilter.REFUSE && store(b, f, length, match)) {
            stats.good(header, length);
        }
    }

    private int admit(FrameBatch b, int f, int length) {
        if ((b.flags(f) & FrameBatch.BAD_FCS) != 0) {
            return refuse(Reg.CRCERRS);
        }
        if (length < 14) {
            return refuse(Reg.RUC);
        }
        header.look(b, f, length);
        boolean tagged = header.get16(12) == config.vlanType && length >= 18;
        if (length > config.longest(tagged)) {
            return refuse(Reg.ROC);
        }
        if (header.get16(12) == MAC_CONTROL && !takeControl(length)) {
            return AddressFilter.REFUSE;
        }
        if (tagged && !filter.vlan(header.get16(14))) {
            return AddressFilter.REFUSE;
        }
        return filter.address(header);
    }

    private int refuse(int counter) {
        stats.count(counter);
        return AddressFilter.REFUSE;
    }

    /// @return whether a frame of MAC control is handed on
    private boolean takeControl(int length) {
        if (length >= 18 && header.get16(14) == OPCODE_PAUSE) {
            int quanta = header.get16(16);
            stats.count(quanta == 0 ? Reg.XONRXC : Reg.XOFFRXC);
            if (config.obeyPause) {
                pause.obey(quanta, clock.nanos());
                ringEngine.run();
            }
        } else {
            stats.count(Reg.FCRUC);
        }
        return config.passControl;
    }

    private boolean store(FrameBatch b, int f, int length, int match) {
        if (fifo.isEmpty()) {
            RxQueue q = queueOf(length);
            if (deliver(q, b, f, length, match)) {
                return true;
            }
            if (mustDrop(q)) {
                return false;
            }
        }
        stats.count(Reg.RNBC);
        if (fifo.add(b, f, length, match)) {
            return true;
        }
        stats.count(Reg.MPC);
        causes |= Reg.RXO;
        return false;
    }

    private RxQueue queueOf(int length) {
        boolean tagged = header.get16(12) == config.vlanType;
        return queues[rss.inspect(header, length, tagged ? 18 : 14) % queues.length];
    }

    /// A queue without descriptors drops if it is told to; nobody will ever fill one that is not enabled.
    private boolean mustDrop(RxQueue q) {
        if (q.enabled() && !q.dropsWhenEmpty()) {
            return false;
        }
        q.countDropped();
        return true;
    }

    private boolean deliver(RxQueue q, FrameBatch b, int f, int length, int match) {
        int used = q.enabled() ? writer.write(q, b, f, length, match) : 0;
        if (used == 0) {
            return false;
        }
        written |= 1 << q.index;
        return true;
    }

    // ---- engine side

    /// Moves what waits into descriptors that have come, and lets the other end go on.
    int pump(long now) {
        if (!waiting && deadline > now) {
            return 0;
        }
        int moved;
        boolean release;
        lock.lock();
        try {
            moved = drain();
            release = held && (!config.sendPause || fifo.used() + RESERVE * 2 <= fifo.capacity());
            held &= !release;
            if (refreshAt <= now) {
                refreshAt = Engine.NEVER;
                xoff = false; // sent again below, if it is still wanted
            }
            settle();
        } finally {
            lock.unlock();
        }
        signal();
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
            RxQueue q = queueOf(length);
            if (!deliver(q, b, 0, length, fifo.frontTag()) && !mustDrop(q)) {
                break;
            }
            fifo.removeFront();
            moved++;
        }
        return moved;
    }

    /// Under the lock: what the fill of the packet buffer asks of the other end.
    private void settle() {
        if (!xoff && config.sendPause && linkUp && fifo.used() >= config.highWater) {
            xoff = true;
            pause.wantXoff();
            refreshAt = config.refresh == 0
                    ? Engine.NEVER
                    : clock.nanos() + (long) config.refresh * PauseUnit.QUANTUM_NANOS;
        } else if (xoff && fifo.used() <= config.lowWater) {
            xoff = false;
            refreshAt = Engine.NEVER;
            if (config.xon) {
                pause.wantXon();
            }
        }
        deadline = refreshAt;
        waiting = held || xoff || pause.isWanted() || !fifo.isEmpty();
    }

    /// Outside the lock, since it reaches the interrupt controller.
    private void signal() {
        int queueBits;
        int other;
        lock.lock();
        queueBits = written;
        other = causes;
        written = 0;
        causes = 0;
        lock.unlock();
        if (queueBits != 0) {
            interrupts.queues(queueBits, 0);
        }
        if (other != 0) {
            interrupts.raise(other);
        }
    }

    /// When XOFF has to be repeated.
    long deadline() {
        return deadline;
    }
}
