package dev.netstack4j.systemtests.support;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireOps;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.spi.Contributions;
import dev.netstack4j.api.spi.OptionSchema;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.spi.StackModule;
import jakarta.inject.Inject;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/// A wire whose other end is a test: frames come from a [Peer], and what the card sends goes to it.
public final class RawWire implements Wire, Engine {
    /// The kind.
    public static final String KIND = "raw";

    private static final int BATCH = 64;
    private static final int ROOM = 4096;

    private final EngineHandle handle;
    private final MemorySegment bytes = MemorySegment.ofArray(new byte[BATCH * ROOM]);
    private final FrameBatch batch = new FrameBatch(BATCH, BATCH);
    private final byte[] frame = new byte[ROOM];
    private final int[] lengths = new int[BATCH];
    private @Nullable WireReceiver card;
    private @Nullable Peer peer;
    private int first;
    private int held;
    private long taken;

    private RawWire(WireContext context) {
        handle = context.engines().add("raw wire", this);
    }

    /// What is at the other end.
    public interface Peer {
        /// Writes the next frame.
        ///
        /// @return its length, or -1 when there is none now
        int next(byte[] into);

        /// The card sent a frame; only valid during the call.
        void sent(byte[] frame, int length);
    }

    /// The module that contributes the kind.
    public static StackModule module() {
        return new RawModule();
    }

    private static final class RawModule implements StackModule {
        @Override
        public String name() {
            return "test-raw";
        }

        @Override
        public MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }

        @Override
        public void contribute(Contributions c) {
            c.wire(KIND, OptionSchema.NONE, RawOps.class);
        }
    }

    private static final class RawOps implements WireOps {
        @Inject
        RawOps() {}

        @Override
        public Wire create(WireContext context, Options options) {
            return new RawWire(context);
        }

        @Override
        public boolean touchesOutside() {
            return false;
        }
    }

    /// Gives it its other end.
    public void peer(Peer other) {
        peer = other;
    }

    /// Frames are there to be taken.
    public void ring() {
        handle.ring();
    }

    /// How many frames the card has taken.
    public long taken() {
        return taken;
    }

    @Override
    public int doWork(long nowNanos) {
        Peer p = peer;
        WireReceiver d = card;
        if (p == null || d == null) {
            return 0;
        }
        fill(p);
        batch.clear();
        for (int i = first; i < held; i++) {
            batch.addPiece(bytes, (long) i * ROOM, lengths[i]);
            batch.endFrame();
        }
        int n = batch.size() == 0 ? 0 : d.receive(batch);
        first += n;
        taken += n;
        return n;
    }

    private void fill(Peer p) {
        if (first < held) {
            return;
        }
        first = 0;
        for (held = 0; held < BATCH; held++) {
            int n = p.next(frame);
            if (n < 0) {
                return;
            }
            MemorySegment.copy(MemorySegment.ofArray(frame), 0, bytes, (long) held * ROOM, n);
            lengths[held] = n;
        }
    }

    @Override
    public int transmit(FrameBatch sent) {
        Peer p = peer;
        for (int f = 0; p != null && f < sent.size(); f++) {
            byte[] copy = new byte[sent.frameLength(f)];
            sent.copyFrame(f, MemorySegment.ofArray(copy), 0, copy.length);
            p.sent(copy, copy.length);
        }
        return sent.size();
    }

    @Override
    public void attach(WireReceiver receiver) {
        card = receiver;
        receiver.linkChanged(true);
    }

    @Override
    public void resume() {
        handle.ring();
    }

    @Override
    public boolean isUp() {
        return card != null;
    }

    @Override
    public void close() {
        handle.remove();
    }
}
