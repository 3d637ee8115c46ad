package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.bus.emulated.dma.DmaPort;
import dev.netstack4j.bus.emulated.silicon.FrameBuilder;
import dev.netstack4j.bus.emulated.silicon.Ring;
import dev.netstack4j.bus.emulated.silicon.TxBatchLog;
import dev.netstack4j.bus.emulated.silicon.TxOffload;
import dev.netstack4j.bus.emulated.silicon.TxStats;

/// One transmit queue. A turn fetches up to 256 descriptors into one batch, and writes back what the wire took: a done
/// bit in each descriptor that asks for a report, or the head alone, where TDWBAL says. It keeps nothing of what the
/// wire refused: head stays there, and those descriptors are fetched again. Guarded by the engine's gate, but for tail.
final class TxQueue {
    private static final int LEAST_PACKET = 14;
    private static final int LARGEST = 9728;

    final int index;
    private final DmaPort dma;
    private final PhysicalMemory memory;
    private final FrameBuilder builder;
    private final TxPacket packet;
    private final TxOffload offload = new TxOffload();
    private final TxContexts contexts = new TxContexts(TxBatchLog.DESCRIPTORS);
    private final TxBatchLog log = new TxBatchLog();
    private final TxStats stats;
    private final Ring ring = new Ring();
    private final int[] words = new int[16];
    /// Segments of the packet at head that the wire has taken already.
    private int segmentsSent;

    TxQueue(int index, DmaPort dma, FrameBuilder builder, TxPacket packet, TxStats stats) {
        this.index = index;
        this.dma = dma;
        this.memory = dma.memory();
        this.builder = builder;
        this.packet = packet;
        this.stats = stats;
        reset();
    }

    // ---- control side

    int read(int register) {
        return switch (register) {
            case Reg.TDH -> ring.head();
            case Reg.TDT -> ring.tail();
            default -> words[register >> 2];
        };
    }

    void tail(int value) {
        ring.tail(value);
    }

    /// A register other than the tail was written; under the gate.
    void write(int register, int value) {
        if (register == Reg.TDH) {
            ring.head(value);
            segmentsSent = 0;
        } else {
            words[register >> 2] = value;
        }
        ring.configure(words[Reg.TDBAL >> 2], words[Reg.TDBAH >> 2], words[Reg.TDLEN >> 2]);
    }

    void reset() {
        java.util.Arrays.fill(words, 0);
        words[Reg.TXDCTL >> 2] = index == 0 ? Reg.QUEUE_ENABLE : 0;
        ring.reset();
        contexts.reset();
        segmentsSent = 0;
    }

    // ---- engine side

    boolean mayRun() {
        return (words[Reg.TXDCTL >> 2] & Reg.QUEUE_ENABLE) != 0
                && ring.available() > 0
                && !dma.transmitterHangs()
                && dma.mayRead(ring.base(), ring.bytes(), "transmit descriptors");
    }

    /// Fills the builder's batch.
    void fetch() {
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
        packet.describe(contexts, offload);
        if (packet.isSegmented()) {
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
    ///
    /// @return descriptors done, negative when one of them asked for a report
    int complete(int taken) {
        int packets = log.packetsDone(taken);
        segmentsSent = log.framesBeyond(packets, taken) + (packets == 0 ? segmentsSent : 0);
        contexts.restart(log.version(packets));
        int descriptors = log.descriptors(packets);
        boolean headOnly = (words[Reg.TDWBAL >> 2] & Reg.TDWBAL_ENABLE) != 0;
        boolean report = false;
        int at = ring.head();
        for (int d = 0; d < descriptors; d++) {
            long where = ring.at(at) + 8;
            long info = memory.get64Le(where);
            if ((info & TxPacket.RS) != 0) {
                report = true;
                if (!headOnly) {
                    dma.writeBack32(where + 4, (int) (info >>> 32) & ~0xF | 1); // DD
                }
            }
            at = ring.next(at);
        }
        ring.head(at);
        if (report && headOnly) {
            writeBackHead(at);
        }
        return report ? -descriptors : descriptors;
    }

    private void writeBackHead(int head) {
        long at = (words[Reg.TDWBAH >> 2] & 0xFFFF_FFFFL) << 32 | words[Reg.TDWBAL >> 2] & 0xFFFF_FFFCL;
        if (dma.mayWrite(at, 4, "the transmit head")) {
            dma.writeBack32(at, head);
        }
    }
}
