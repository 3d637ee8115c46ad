package dev.netstack4j.systemtests.kits.bus;

import dev.netstack4j.api.buffer.PhysicalMemory;
import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.IrqLine;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A simple network card. A descriptor is 16 bytes: address (8), length and END of frame (4), DONE and BAD (4). Reading
/// CAUSE clears it; an interrupt is asked for while a cause is set that MASK lets through.
public final class PlainChip implements WireReceiver, Engine {
    /// Bytes of the register window.
    public static final int WINDOW = 0x100;

    public static final int CONTROL = 0x00;
    public static final int STATUS = 0x04;
    public static final int CAUSE = 0x08;
    public static final int MASK = 0x0C;
    public static final int MAC_LOW = 0x10;
    public static final int MAC_HIGH = 0x14;
    public static final int TX_BASE = 0x18;
    public static final int TX_COUNT = 0x1C;
    public static final int TX_TAIL = 0x20;
    public static final int RX_BASE = 0x28;
    public static final int RX_COUNT = 0x2C;
    public static final int RX_TAIL = 0x30;
    public static final int MOST = 0x34;
    public static final int MISSED = 0x38;
    public static final int FACTORY_LOW = 0x40;
    public static final int FACTORY_HIGH = 0x44;

    public static final int CONTROL_ON = 1;
    public static final int CONTROL_PROMISCUOUS = 2;
    public static final int STATUS_LINK = 1;
    public static final int CAUSE_RX = 1;
    public static final int CAUSE_TX = 2;
    public static final int CAUSE_LINK = 4;
    public static final int END = 1 << 16;
    public static final int DONE = 1;
    public static final int BAD = 2;
    public static final int DESCRIPTOR = 16;
    public static final int BUFFER = 2048;

    private final PhysicalMemory memory;
    private final Wire wire;
    private final EngineHandle engine;
    private final int[] registers = new int[WINDOW / 4];
    private final byte[] frame = new byte[70_000];
    private final FrameBatch batch = new FrameBatch(1, 1);
    private @Nullable IrqLine line;
    private boolean message;
    private boolean powered;
    private boolean blocked;
    private boolean held;
    private int txHead;
    private int rxHead;

    PlainChip(BusContext host, Wire wire, int slot) {
        this.memory = host.memory();
        this.wire = wire;
        this.engine = host.engines().add("plain card", this);
        registers[FACTORY_LOW / 4] = 0x00AA_0000 | slot;
        registers[FACTORY_HIGH / 4] = 0x0200;
    }

    void power(boolean on) {
        powered = on;
    }

    void remove() {
        engine.remove();
    }

    void interruptsTo(@Nullable IrqLine to, boolean messages) {
        line = to;
        message = messages;
    }

    // ---- registers

    int read(int offset) {
        int value = registers[offset / 4];
        if (offset == CAUSE) {
            registers[CAUSE / 4] = 0;
            ask();
        }
        if (offset == MISSED) {
            registers[MISSED / 4] = 0;
        }
        return offset == STATUS ? (wire.isUp() ? STATUS_LINK : 0) : value;
    }

    void write(int offset, int value) {
        registers[offset / 4] = value;
        switch (offset) {
            case CONTROL -> {
                if ((value & CONTROL_ON) == 0) {
                    txHead = 0;
                    rxHead = 0;
                    registers[TX_TAIL / 4] = 0;
                    registers[RX_TAIL / 4] = 0;
                    registers[CAUSE / 4] = 0;
                    blocked = false;
                }
                if (held) {
                    held = false;
                    wire.resume();
                }
            }
            case MASK -> ask();
            case TX_TAIL -> engine.ring();
            case RX_TAIL -> {
                if (held) {
                    held = false;
                    wire.resume();
                }
            }
            default -> {}
        }
    }

    private void cause(int bits) {
        registers[CAUSE / 4] |= bits;
        ask();
    }

    private void ask() {
        IrqLine l = line;
        boolean wanted = (registers[CAUSE / 4] & registers[MASK / 4]) != 0;
        if (l != null && message && wanted) {
            l.raise();
        } else if (l != null && !message) {
            l.level(wanted);
        }
    }

    private boolean on() {
        return powered && (registers[CONTROL / 4] & CONTROL_ON) != 0;
    }

    // ---- sending

    @Override
    public int doWork(long nowNanos) {
        int sent = 0;
        while (on() && !blocked && txHead != registers[TX_TAIL / 4] && sendOne()) {
            sent++;
        }
        return sent;
    }

    private boolean sendOne() {
        int length = 0;
        int at = txHead;
        boolean end = false;
        while (!end) {
            long d = registers[TX_BASE / 4] + (long) at * DESCRIPTOR;
            int n = memory.get32LeAcquire(d + 8);
            end = (n & END) != 0;
            memory.read(memory.get64Le(d), frame, length, n & 0xFFFF);
            length += n & 0xFFFF;
            at = (at + 1) % registers[TX_COUNT / 4];
        }
        java.util.Arrays.fill(frame, length, Math.max(length, 60), (byte) 0);
        batch.clear();
        batch.addPiece(MemorySegment.ofArray(frame), 0, Math.max(length, 60));
        batch.endFrame();
        if (wire.transmit(batch) == 0) {
            blocked = true;
            return false;
        }
        for (int i = txHead; i != at; i = (i + 1) % registers[TX_COUNT / 4]) {
            memory.put32LeRelease(registers[TX_BASE / 4] + (long) i * DESCRIPTOR + 12, DONE);
        }
        txHead = at;
        cause(CAUSE_TX);
        return true;
    }

    @Override
    public void resume() {
        blocked = false;
        engine.ring();
    }

    // ---- receiving

    @Override
    public int receive(FrameBatch frames) {
        for (int f = 0; f < frames.size(); f++) {
            if (!take(frames, f)) {
                held = true;
                return f;
            }
        }
        return frames.size();
    }

    private boolean take(FrameBatch frames, int f) {
        int length = frames.frameLength(f);
        frames.copyFrame(f, MemorySegment.ofArray(frame), 0, Math.min(length, frame.length));
        if (!on() || !wanted()) {
            return true;
        }
        if (length > registers[MOST / 4]) {
            registers[MISSED / 4]++;
            return true;
        }
        if (rxHead == registers[RX_TAIL / 4]) {
            return false;
        }
        long d = registers[RX_BASE / 4] + (long) rxHead * DESCRIPTOR;
        memory.write(memory.get64Le(d), frame, 0, length);
        memory.put32LeRelease(d + 8, length | END);
        memory.put32LeRelease(d + 12, DONE | ((frames.flags(f) & FrameBatch.BAD_FCS) != 0 ? BAD : 0));
        rxHead = (rxHead + 1) % registers[RX_COUNT / 4];
        cause(CAUSE_RX);
        return true;
    }

    private boolean wanted() {
        if ((frame[0] & 1) != 0 || (registers[CONTROL / 4] & CONTROL_PROMISCUOUS) != 0) {
            return true;
        }
        long to = 0;
        for (int i = 0; i < 6; i++) {
            to = to << 8 | frame[i] & 0xFF;
        }
        return to == ((long) registers[MAC_HIGH / 4] << 32 | registers[MAC_LOW / 4] & 0xFFFF_FFFFL);
    }

    @Override
    public void linkChanged(boolean up) {
        cause(CAUSE_LINK);
    }
}
