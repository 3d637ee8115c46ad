package dev.netstack4j.bench.forwarding;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A wire at whose other end a measurement sits: one frame comes again and again, a batch each time that it is asked
/// for; what the card sends is counted and forgotten.
final class FloodWire implements Wire, Engine {
    static final int BATCH = 64;

    private final EngineHandle handle;
    private final FrameBatch batch = new FrameBatch(BATCH, BATCH);
    private @Nullable WireReceiver card;
    private boolean wanted;
    long taken;
    long sent;

    FloodWire(WireContext context) {
        handle = context.engines().add("flood", this);
    }

    void frame(byte[] bytes) {
        MemorySegment memory = Arena.ofAuto().allocate(128);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, 0, bytes.length);
        batch.clear();
        for (int i = 0; i < BATCH; i++) {
            batch.addPiece(memory, 0, bytes.length);
            batch.endFrame();
        }
    }

    /// A batch is to come when the CPU is left.
    void want() {
        wanted = true;
        handle.ring();
    }

    @Override
    public int doWork(long nowNanos) {
        WireReceiver d = card;
        if (!wanted || d == null) {
            return 0;
        }
        wanted = false;
        int n = d.receive(batch);
        taken += n;
        return n;
    }

    @Override
    public int transmit(FrameBatch frames) {
        sent += frames.size();
        return frames.size();
    }

    @Override
    public void attach(WireReceiver receiver) {
        card = receiver;
        receiver.linkChanged(true);
    }

    @Override
    public void resume() {}

    @Override
    public boolean isUp() {
        return card != null;
    }

    @Override
    public void close() {
        handle.remove();
    }
}
