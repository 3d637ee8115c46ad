package dev.netstack4j.wire.stream;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.runtime.Sync;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.api.stack.StackFactory;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A wire with a device at its end that records frames. Its thread is real; the engine runs when it was rung and the
/// test waits.
final class WireBench implements WireReceiver, EngineHandle, AutoCloseable {
    final List<byte[]> received = new ArrayList<>();
    final Wire wire;
    int room = Integer.MAX_VALUE;
    volatile int resumed;
    volatile int linkChanges;
    boolean removed;
    private final Semaphore rings = new Semaphore(0);
    private @Nullable Engine engine;

    WireBench(Path path, boolean listen) throws NetException {
        Map<String, String> texts = Map.of("path", path.toString(), "listen", Boolean.toString(listen));
        wire = new StreamWireOps().create(context(), options(texts));
        wire.attach(this);
    }

    static Options options(Map<String, String> texts) {
        Options.Builder b = StreamOptions.SCHEMA.values();
        texts.forEach(b::set);
        return b.build();
    }

    private WireContext context() {
        WireContext context = mock(WireContext.class);
        Engines engines = mock(Engines.class);
        when(engines.add(any(), any())).thenAnswer(call -> {
            engine = call.getArgument(1);
            return this;
        });
        Sync sync = mock(Sync.class);
        when(sync.spinLock(any())).thenAnswer(call -> new MutexLock());
        when(context.engines()).thenReturn(engines);
        when(context.sync()).thenReturn(sync);
        when(context.runtime()).thenReturn(StackFactory.find().realTime());
        return context;
    }

    /// Runs the engine whenever it is rung, until the condition holds.
    void await(BooleanSupplier condition) throws InterruptedException {
        run();
        while (!condition.getAsBoolean()) {
            if (!rings.tryAcquire(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing happened for 20 s: " + wire);
            }
            run();
        }
    }

    void run() {
        while (Objects.requireNonNull(engine).doWork(0) > 0) {}
    }

    /// @return frames taken
    int send(byte[]... frames) {
        FrameBatch batch = new FrameBatch(frames.length, 2 * frames.length);
        batch.clear();
        for (byte[] f : frames) {
            MemorySegment bytes = MemorySegment.ofArray(f);
            batch.addPiece(bytes, 0, 10);
            batch.addPiece(bytes, 10, f.length - 10);
            batch.endFrame();
        }
        return wire.transmit(batch);
    }

    @Override
    public int receive(FrameBatch batch) {
        int n = Math.min(room, batch.size());
        for (int f = 0; f < n; f++) {
            byte[] bytes = new byte[batch.frameLength(f)];
            batch.copyFrame(f, MemorySegment.ofArray(bytes), 0, bytes.length);
            received.add(bytes);
        }
        room -= n;
        return n;
    }

    @Override
    public void resume() {
        resumed++;
    }

    @Override
    public void linkChanged(boolean up) {
        linkChanges++;
    }

    @Override
    public void ring() {
        rings.release();
    }

    @Override
    public void remove() {
        removed = true;
    }

    @Override
    public void close() {
        wire.close();
    }
}
