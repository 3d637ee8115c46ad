package dev.netstack4j.bus.emulated.i82540em;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.bus.emulated.dma.DmaPort;
import dev.netstack4j.bus.emulated.pci.ModelContext;
import dev.netstack4j.bus.emulated.silicon.FrameBuilder;
import dev.netstack4j.bus.emulated.silicon.PauseUnit;
import dev.netstack4j.bus.emulated.silicon.Ring;
import dev.netstack4j.bus.emulated.silicon.Stats;
import dev.netstack4j.bus.emulated.silicon.TxBatchLog;
import dev.netstack4j.bus.emulated.silicon.TxOffload;
import dev.netstack4j.bus.emulated.silicon.TxStats;
import java.lang.foreign.Arena;

/// The transmit side. One turn fetches up to 256 descriptors into one batch of gather lists, hands it to the wire, and
/// writes back what the wire took, in one pass. It keeps nothing of what the wire refused: head stays there, and those
/// descriptors are fetched again.
///
/// Guarded by the engine's gate, but for tail, which the driver writes, and head, which it may read.
///
/// Not as on silicon: descriptors of a packet are written back together; the thresholds of TXDCTL and the internal
/// buffer are not modelled; without a link nothing is fetched; RPS and half duplex are missing.
final class TxUnit {
    private static final int RESUMED = 1;
    private static final int LEAST_PACKET = 14;
    private static final int LARGEST = 16288;

    private final int[] file;
    private final DmaPort dma;
    private final PhysicalMemory memory;
    private final Wire wire;
    private final AtomicBits signals;
    private final FrameBuilder builder;
    private final TxPacket packet;
    private final TxOffload offload = new TxOffload();
    private final TxContexts contexts = new TxContexts(TxBatchLog.DESCRIPTORS);
    private final TxBatchLog log = new TxBatchLog();
    private final TxStats stats;
    private final Ring ring = new Ring();
    private final DelayTimer timer = new DelayTimer();
    private final PauseUnit pause;
    private boolean busMaster;
    private boolean blocked;
    /// Whether packets wait for the end of a pause.
    private boolean backlog;
    /// Segments of the packet at head that the wire has taken already.
    private int segmentsSent;
    private int causes;

    TxUnit(ModelContext context, Arena arena, int[] file, Stats stats, PauseUnit pause) {
        this.pause = pause;
        this.file = file;
        this.dma = context.dma();
        this.memory = dma.memory();
        this.wire = context.wire();
        this.signals = context.host().sync().bits(context.name() + " transmit");
        this.builder = new FrameBuilder(arena);
        this.packet = new TxPacket(memory.segment(), FrameBuilder.PACKET_PIECES);
        this.stats = new TxStats(stats);
    }

    // Control side

    /// A transmit register other than the tail was written; under the gate.
    void write(int register, int value) {
        file[register >> 2] = value;
        if (register == Reg.TDH) {
            ring.head(value);
            segmentsSent = 0;
        }
        if (register == Reg.TCTL && (value & Reg.TCTL_SWXOFF) != 0) {
            file[Reg.TCTL >> 2] &= ~Reg.TCTL_SWXOFF;
            pause.wantXoff();
        }
        reload();
    }

    private void reload() {
        ring.configure(file[Reg.TDBAL >> 2], file[Reg.TDBAH >> 2], file[Reg.TDLEN >> 2]);
        boolean pad = (file[Reg.TCTL >> 2] & Reg.TCTL_PSP) != 0;
        builder.configure(pad, file[Reg.VET >> 2] & 0xFFFF, wire.offloads());
    }

    int head() {
        return ring.head();
    }

    int tail() {
        return ring.tail();
    }

    void tail(int value) {
        ring.tail(value);
    }

    void busMaster(boolean allowed) {
        busMaster = allowed;
    }

    /// CTRL.RST; under the gate.
    void reset() {
        ring.reset();
        contexts.reset();
        timer.stop();
        pause.reset();
        blocked = false;
        backlog = false;
        segmentsSent = 0;
        causes = 0;
        reload();
    }

    /// The wire takes frames again; any thread.
    void resume() {
        signals.getAndSet(RESUMED);
    }

    /// Whether it may not send: the other end pauses it, or the wire holds.
    boolean isBlocked(long now) {
        return blocked || pause.isPaused(now);
    }

    // Engine side

    /// One turn.
    ///
    /// @param loopback where frames go instead of the wire, or null
    /// @return descriptors done
    int run(long now, @org.jspecify.annotations.Nullable RxUnit loopback) {
        blocked &= signals.getAndClear(RESUMED) == 0;
        if (pause.isWanted() && !blocked) {
            sendPause(loopback != null);
        }
        boolean ready = !blocked && mayRun(); // asked once: an aborted access is over when it was asked
        backlog = ready && pause.isPaused(now);
        if (!ready || backlog) {
            return 0;
        }
        fetch();
        FrameBatch b = builder.batch();
        int taken = b.size() == 0 ? 0 : loopback != null ? loopback.receive(b) : wire.transmit(b);
        stats.sent(b, taken);
        int done = complete(taken, now);
        boolean refused = taken < b.size();
        blocked = refused && loopback == null;
        return done;
    }

    /// Ahead of everything that waits, and in a pause too.
    private void sendPause(boolean loopback) {
        FrameBatch frame = pause.next();
        if (!loopback && wire.transmit(frame) == 0) {
            blocked = true;
            return;
        }
        stats.pause(pause.sent());
    }

    private boolean mayRun() {
        return (file[Reg.TCTL >> 2] & Reg.TCTL_EN) != 0
                && busMaster
                && ring.available() > 0
                && !dma.transmitterHangs()
                && dma.mayRead(ring.base(), ring.bytes(), "transmit descriptors");
    }

    private void fetch() {
        builder.batch().clear();
        log.clear();
        contexts.restart(contexts.version());
        int left = ring.available();
        int at = ring.head();
        while (left > 0 && log.hasRoom()) {
            int used = fetchPacket(at, left);
            if (used == 0) {
                return;
            }
            at = at + used >= ring.count() ? at + used - ring.count() : at + used;
            left -= used;
        }
    }

    /// Fetches one packet or one context.
    ///
    /// @return its descriptors; 0 when it is not whole yet, or does not fit any more
    private int fetchPacket(int from, int left) {
        packet.begin();
        int at = from;
        for (int used = 1; used <= left; used++) {
            long info = memory.get64LeAcquire(ring.at(at) + 8);
            long address = memory.get64Le(ring.at(at));
            at = ring.next(at);
            if (TxPacket.isContext(info)) {
                contexts.load(address, info);
                log.add(used, 0, contexts.version());
                return used;
            }
            packet.add(used == 1, address, info, dma.mayRead(address, TxPacket.length(info), "transmit data"));
            if ((info & TxPacket.EOP) != 0) {
                packet.end();
                return emit(used) ? used : 0;
            }
        }
        return 0;
    }

    /// @return false when the batch is full
    private boolean emit(int descriptors) {
        if (packet.isBroken() || packet.gather.total() < LEAST_PACKET) {
            log.add(descriptors, 0, contexts.version());
            return true;
        }
        boolean segmented = packet.isSegmented();
        packet.describe(contexts.low(segmented), segmented ? contexts.segmentHigh() : 0, offload);
        if (segmented) {
            return emitSegments(descriptors);
        }
        if (packet.gather.total() > LARGEST) {
            log.add(descriptors, 0, contexts.version());
            return true;
        }
        if (!builder.hasRoom(packet.gather.pieces())) {
            return false;
        }
        builder.add(packet.gather, offload);
        log.add(descriptors, 1, contexts.version());
        return true;
    }

    private boolean emitSegments(int descriptors) {
        int all = offload.segments(packet.gather.total());
        boolean first = log.isEmpty();
        int next = first ? segmentsSent : 0;
        if (all > 1 && next == 0 && builder.leavesWhole(packet.gather, offload)) {
            return emitWhole(descriptors);
        }
        if (!first && !builder.hasRoom(packet.gather.pieces() + all)) {
            return false;
        }
        int emitted = 0;
        while (next + emitted < all && builder.hasRoom(packet.gather.pieces())) {
            builder.addSegment(packet.gather, offload, next + emitted);
            emitted++;
        }
        if (next + emitted < all) {
            return false; // the rest in the next turn, see segmentsSent
        }
        stats.segmented();
        log.add(descriptors, emitted, contexts.version());
        return true;
    }

    /// The wire cuts it.
    private boolean emitWhole(int descriptors) {
        if (!builder.hasRoom(packet.gather.pieces())) {
            return false;
        }
        builder.addWhole(packet.gather, offload);
        stats.segmented();
        log.add(descriptors, 1, contexts.version());
        return true;
    }

    /// Writes back what the wire took.
    private int complete(int taken, long now) {
        int packets = log.packetsDone(taken);
        segmentsSent = log.framesBeyond(packets, taken) + (packets == 0 ? segmentsSent : 0);
        contexts.restart(log.version(packets));
        int descriptors = log.descriptors(packets);
        int at = ring.head();
        boolean report = false;
        boolean delay = true;
        for (int d = 0; d < descriptors; d++) {
            long where = ring.at(at) + 8;
            long info = memory.get64Le(where);
            if ((info & TxPacket.RS) != 0) {
                dma.writeBack32(where + 4, (int) (info >>> 32) & ~0xF | 1); // DD
                report = true;
                delay &= (info & TxPacket.IDE) != 0;
            }
            at = ring.next(at);
        }
        ring.head(at);
        if (report) {
            reportDone(now, delay);
        }
        if (descriptors > 0 && at == ring.tail()) {
            causes |= Reg.TXQE;
        }
        return descriptors;
    }

    private void reportDone(long now, boolean delay) {
        int units = file[Reg.TIDV >> 2] & 0xFFFF;
        if (delay && units != 0) {
            timer.start(now, units, file[Reg.TADV >> 2] & 0xFFFF);
        } else {
            timer.stop();
            causes |= Reg.TXDW;
        }
    }

    /// What has happened since the last call.
    int takeCauses(long now) {
        if (timer.due() <= now) {
            timer.stop();
            causes |= Reg.TXDW;
        }
        int c = causes;
        causes = 0;
        return c;
    }

    long deadline() {
        return backlog ? Math.min(timer.due(), pause.until()) : timer.due();
    }
}
