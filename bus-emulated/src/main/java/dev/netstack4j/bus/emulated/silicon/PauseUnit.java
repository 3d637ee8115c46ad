package dev.netstack4j.bus.emulated.silicon;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.runtime.AtomicBits;
import dev.netstack4j.api.runtime.Sync;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// IEEE 802.3x flow control on the wire: how long the transmitter pauses because the other end asked for it, and which
/// PAUSE frame is to be sent next. The receive side writes, the transmit side obeys.
public final class PauseUnit {
    /// Nanoseconds of one quantum, 512 bit times, at 1 Gbit/s.
    public static final int QUANTUM_NANOS = 512;

    private static final int XOFF = 1;
    private static final int XON = 2;
    private static final int FRAME = 60;
    private static final int TYPE_AT = 12;
    private static final int OPCODE_AT = 14;
    private static final int QUANTA_AT = 16;
    private static final int OPCODE_PAUSE = 1;

    private final AtomicBits wanted;
    private final MemorySegment frame;
    private final FrameBatch batch = new FrameBatch(1, 1);
    private final int[] file;
    private int sending; // the engine's alone
    private volatile long pausedUntil;

    /// @param name for listings
    public PauseUnit(String name, Sync sync, Arena arena, int[] file) {
        this.wanted = sync.bits(name + " pause");
        this.frame = arena.allocate(FRAME, 64);
        this.file = file;
    }

    /// Whether a frame passes the three comparisons that make it a PAUSE frame: to the address of FCAL and FCAH or to
    /// this station, of the type in FCT, with the opcode of PAUSE.
    public boolean isPause(HeaderView header, int length) {
        return length >= QUANTA_AT + 2
                && header.get16(TYPE_AT) == (file[FamilyReg.FCT >> 2] & 0xFFFF)
                && header.get16(OPCODE_AT) == OPCODE_PAUSE
                && (header.destination() == address(FamilyReg.FCAL, FamilyReg.FCAH)
                        || header.destination() == address(FamilyReg.RAL, FamilyReg.RAH));
    }

    /// How many quanta a PAUSE frame asks for.
    public int quanta(HeaderView header) {
        return header.get16(QUANTA_AT);
    }

    private long address(int low, int high) {
        return file[low >> 2] & 0xFFFF_FFFFL | (file[high >> 2] & 0xFFFFL) << 32;
    }

    /// The other end asks for so many quanta of silence; 0 ends it.
    public void obey(int quanta, long now) {
        pausedUntil = quanta == 0 ? 0 : now + (long) quanta * QUANTUM_NANOS;
    }

    public boolean isPaused(long now) {
        return now < pausedUntil;
    }

    /// When the pause ends; in the past when there is none.
    public long until() {
        return pausedUntil;
    }

    public void wantXoff() {
        wanted.getAndClear(XON);
        wanted.getAndSet(XOFF);
    }

    public void wantXon() {
        wanted.getAndClear(XOFF);
        wanted.getAndSet(XON);
    }

    public boolean isWanted() {
        return wanted.get() != 0;
    }

    public void reset() {
        wanted.set(0);
        pausedUntil = 0;
    }

    /// The frame that is wanted: to the address of FCAL and FCAH, of the type in FCT. Engine context.
    public FrameBatch next() {
        sending = (wanted.get() & XOFF) != 0 ? XOFF : XON;
        int quanta = sending == XOFF ? file[FamilyReg.FCTTV >> 2] & 0xFFFF : 0;
        frame.fill((byte) 0);
        putAddress(0, file[FamilyReg.FCAL >> 2], file[FamilyReg.FCAH >> 2]);
        putAddress(6, file[FamilyReg.RAL >> 2], file[FamilyReg.RAH >> 2]);
        Frames.put16(frame, TYPE_AT, file[FamilyReg.FCT >> 2]);
        Frames.put16(frame, OPCODE_AT, OPCODE_PAUSE);
        Frames.put16(frame, QUANTA_AT, quanta);
        batch.clear();
        batch.addPiece(frame, 0, FRAME);
        batch.endFrame();
        return batch;
    }

    private void putAddress(int at, int low, int high) {
        Frames.put32(frame, at, Integer.reverseBytes(low));
        Frames.put16(frame, at + 4, Short.toUnsignedInt(Short.reverseBytes((short) high)));
    }

    /// The wire took it, or it goes nowhere. What was wanted since [#next] stays wanted.
    ///
    /// @return whether it was XOFF
    public boolean sent() {
        wanted.getAndClear(sending);
        return sending == XOFF;
    }
}
