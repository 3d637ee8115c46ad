package dev.netstack4j.bench.forwarding;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.IoMemory;
import dev.netstack4j.api.hardware.PciDevice;

/// The rings of one 82576 and nothing else: interrupts masked, every address taken, buffers that stay where they are.
final class BareCard {
    static final int BUFFER = 2048;

    private static final int RING = 256;
    private static final int MASK = RING - 1;
    private static final int DESCRIPTOR = 16;
    private static final int DONE = 1;
    private static final int WHOLE_PACKET = 3 << 20 | 1 << 24 | 1 << 25 | 1 << 27 | 1 << 29; // EOP, IFCS, RS, DEXT

    private final IoMemory registers;
    private final PhysicalMemory memory;
    private final long received;
    private final long sending;
    private final long[] posted = new long[RING];
    private final long[] leaving = new long[RING];
    private int next;
    private int tail;
    private int reclaimed;

    BareCard(PciDevice device) throws NetException {
        device.enable();
        registers = device.mapBar(0);
        memory = device.dma().memory();
        received = device.dma().allocCoherent(RING * DESCRIPTOR);
        sending = device.dma().allocCoherent(RING * DESCRIPTOR);
        long buffers = device.dma().allocCoherent(RING * BUFFER);
        registers.write32(0x0000, registers.read32(0x0000) | 1 << 6); // CTRL.SLU
        start(0xC000, received);
        registers.write32(0xC00C, 1 << 25 | BUFFER >> 10); // SRRCTL: advanced
        for (int i = 0; i < RING; i++) {
            post(i, buffers + (long) i * BUFFER);
        }
        registers.write32(0xC018, MASK); // RDT
        start(0xE000, sending);
        registers.write32(0x0100, 1 << 1 | 1 << 3 | 1 << 15 | 1 << 26); // RCTL: on, unicast of anybody, broadcast
        registers.write32(0x0400, 1 << 1 | 1 << 3); // TCTL: on
    }

    private void start(int queue, long ring) {
        registers.write32(queue, (int) ring);
        registers.write32(queue + 4, (int) (ring >>> 32));
        registers.write32(queue + 8, RING * DESCRIPTOR);
        registers.write32(queue + 0x28, 1 << 25); // enable
    }

    private void post(int index, long buffer) {
        posted[index] = buffer;
        memory.put64Le(received + (long) index * DESCRIPTOR, buffer);
        memory.put64LeRelease(received + (long) index * DESCRIPTOR + 8, 0);
    }

    /// Hands what came to the other card, whose buffers of frames that have left come in their place.
    ///
    /// @return frames
    int turn(BareCard other) {
        int done = 0;
        while (true) {
            long info = memory.get64LeAcquire(received + (long) next * DESCRIPTOR + 8);
            if ((info & DONE) == 0) {
                break;
            }
            long spare = other.reclaim();
            other.send(posted[next], (int) (info >>> 32) & 0xFFFF);
            post(next, spare < 0 ? other.spare(next) : spare);
            next = next + 1 & MASK;
            done++;
        }
        if (done > 0) {
            registers.write32(0xC018, next + MASK & MASK);
            other.registers.write32(0xE018, other.tail);
        }
        return done;
    }

    private void send(long buffer, int length) {
        leaving[tail] = buffer;
        memory.put64Le(sending + (long) tail * DESCRIPTOR, buffer);
        memory.put64LeRelease(sending + (long) tail * DESCRIPTOR + 8, WHOLE_PACKET | length | (long) length << 46);
        tail = tail + 1 & MASK;
    }

    /// The buffer of the oldest frame that has left, or -1.
    private long reclaim() {
        if (reclaimed == tail
                || (memory.get64LeAcquire(sending + (long) reclaimed * DESCRIPTOR + 8) >>> 32 & DONE) == 0) {
            return -1;
        }
        long buffer = leaving[reclaimed];
        reclaimed = reclaimed + 1 & MASK;
        return buffer;
    }

    /// A buffer of its own receive ring, which this card does not use: in the first batches nothing has left yet.
    private long spare(int index) {
        return posted[index];
    }
}
