package dev.netstack4j.bus.emulated.i82576;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.bus.emulated.silicon.Frames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// IEEE 802.3x flow control on the wire: how long the transmitter pauses because the other end asked for it, and which
/// PAUSE frame is to be sent next. The receive side writes, the transmit side obeys.
final class PauseUnit {
    /// Nanoseconds of one quantum, 512 bit times, at 1 Gbit/s.
    static final int QUANTUM_NANOS = 512;

    private static final int XOFF = 1;
    private static final int XON = 2;
    private static final int FRAME = 60;
    private static final int OPCODE_PAUSE = 1;

    private final AtomicBits wanted;
    private final MemorySegment frame;
    private final FrameBatch batch = new FrameBatch(1, 1);
    private final int[] file;
    private volatile long pausedUntil;

    PauseUnit(Sync sync, Arena arena, int[] file) {
        this.wanted = sync.bits("82576 pause");
        this.frame = arena.allocate(FRAME, 64);
        this.file = file;
    }

    /// The other end asks for so many quanta of silence; 0 ends it.
    void obey(int quanta, long now) {
        pausedUntil = quanta == 0 ? 0 : now + (long) quanta * QUANTUM_NANOS;
    }

    boolean isPaused(long now) {
        return now < pausedUntil;
    }

    /// When the pause ends; in the past when there is none.
    long until() {
        return pausedUntil;
    }

    void wantXoff() {
        wanted.getAndClear(XON);
        wanted.getAndSet(XOFF);
    }

    void wantXon() {
        wanted.getAndClear(XOFF);
        wanted.getAndSet(XON);
    }

    boolean isWanted() {
        return wanted.get() != 0;
    }

    void reset() {
        wanted.set(0);
        pausedUntil = 0;
    }

    /// The frame that is wanted: to the address of FCAL and FCAH, of the type in FCT. Engine context.
    FrameBatch next() {
        int quanta = (wanted.get() & XOFF) != 0 ? file[Reg.FCTTV >> 2] & 0xFFFF : 0;
        frame.fill((byte) 0);
        address(0, file[Reg.FCAL >> 2], file[Reg.FCAH >> 2]);
        address(6, file[Reg.RAL >> 2], file[Reg.RAH >> 2]);
        Frames.put16(frame, 12, file[Reg.FCT >> 2]);
        Frames.put16(frame, 14, OPCODE_PAUSE);
        Frames.put16(frame, 16, quanta);
        batch.clear();
        batch.addPiece(frame, 0, FRAME);
        batch.endFrame();
        return batch;
    }

    private void address(int at, int low, int high) {
        Frames.put32(frame, at, Integer.reverseBytes(low));
        Frames.put16(frame, at + 4, Short.toUnsignedInt(Short.reverseBytes((short) high)));
    }

    /// The wire took it.
    ///
    /// @return whether it was XOFF
    boolean sent() {
        return (wanted.exchange(0) & XOFF) != 0;
    }
}
