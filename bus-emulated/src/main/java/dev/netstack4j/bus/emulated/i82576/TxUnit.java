package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.bus.emulated.pci.ModelContext;
import dev.netstack4j.bus.emulated.silicon.FrameBuilder;
import dev.netstack4j.bus.emulated.silicon.PauseUnit;
import dev.netstack4j.bus.emulated.silicon.TxStats;
import java.lang.foreign.Arena;

/// The transmit side: gives each queue its turn, one after the other, and sends PAUSE frames ahead of them. Guarded by
/// the engine's gate.
///
/// Not as on silicon: descriptors of a packet are written back together; thresholds, the internal buffer, queue
/// priorities and rate limits are not modelled; without a link nothing is fetched.
final class TxUnit {
    private static final int RESUMED = 1;

    private final int[] file;
    private final Wire wire;
    private final AtomicBits signals;
    private final FrameBuilder builder;
    private final TxQueue[] queues = new TxQueue[Chip82576.QUEUES];
    private final TxStats stats;
    private final PauseUnit pause;
    private boolean busMaster;
    private boolean blocked;
    private boolean backlog;
    private int next;
    private int reported;

    TxUnit(ModelContext context, Arena arena, int[] file, TxStats stats, PauseUnit pause) {
        this.file = file;
        this.wire = context.wire();
        this.stats = stats;
        this.pause = pause;
        this.signals = context.host().sync().bits(context.name() + " transmit");
        this.builder = new FrameBuilder(arena);
        TxPacket packet = new TxPacket(context.dma().memory().segment(), FrameBuilder.PACKET_PIECES);
        for (int q = 0; q < queues.length; q++) {
            queues[q] = new TxQueue(q, context.dma(), builder, packet, stats);
        }
    }

    // ---- control side

    /// A transmit register that belongs to no queue was written; under the gate.
    void write(int register, int value) {
        file[register >> 2] = value;
        reload();
    }

    private void reload() {
        boolean pad = (file[Reg.TCTL >> 2] & Reg.TCTL_PSP) != 0;
        builder.configure(pad, file[Reg.VET >> 2] & 0xFFFF, wire.offloads());
    }

    TxQueue queue(int index) {
        return queues[index];
    }

    void busMaster(boolean allowed) {
        busMaster = allowed;
    }

    /// CTRL.RST; under the gate.
    void reset() {
        for (TxQueue q : queues) {
            q.reset();
        }
        pause.reset();
        blocked = false;
        backlog = false;
        reported = 0;
        reload();
    }

    /// The wire takes frames again; any thread.
    void resume() {
        signals.getAndSet(RESUMED);
    }

    boolean isBlocked(long now) {
        return blocked || pause.isPaused(now);
    }

    // ---- engine side

    /// One turn.
    ///
    /// @return descriptors done
    int run(long now) {
        blocked &= signals.getAndClear(RESUMED) == 0;
        if (pause.isWanted() && !blocked) {
            sendPause();
        }
        backlog = false;
        if ((file[Reg.TCTL >> 2] & Reg.TCTL_EN) == 0 || !busMaster) {
            return 0;
        }
        int done = 0;
        int first = next;
        for (int i = 0; i < queues.length; i++) {
            TxQueue q = queues[(first + i) % queues.length];
            if (!q.mayRun()) {
                continue;
            }
            if (blocked || pause.isPaused(now)) {
                backlog = true;
                break;
            }
            done += turn(q);
            next = (q.index + 1) % queues.length;
        }
        return done;
    }

    private int turn(TxQueue q) {
        q.fetch();
        FrameBatch b = builder.batch();
        int taken = b.size() == 0 ? 0 : wire.transmit(b);
        stats.sent(b, taken);
        blocked = taken < b.size();
        int done = q.complete(taken);
        reported |= done < 0 ? 1 << q.index : 0;
        return Math.abs(done);
    }

    private void sendPause() {
        if (wire.transmit(pause.next()) == 0) {
            blocked = true;
            return;
        }
        stats.pause(pause.sent());
    }

    /// Queues that have reported descriptors since the last call.
    int takeReported() {
        int queueBits = reported;
        reported = 0;
        return queueBits;
    }

    /// When the other end's pause is over and something waits for that.
    long deadline() {
        return backlog && !blocked ? pause.until() : Engine.NEVER;
    }
}
