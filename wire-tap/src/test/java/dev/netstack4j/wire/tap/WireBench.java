package dev.netstack4j.wire.tap;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.netstack4j.api.error.NetException;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.CpuIdle;
import dev.netstack4j.api.runtime.Cpus;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.Engines;
import dev.netstack4j.api.spi.Options;
import dev.netstack4j.testkit.fake.TestHost;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A wire with a device at its end that records frames, and the engine and idle wait driven by hand.
final class WireBench implements WireReceiver, EngineHandle {
    final List<byte[]> received = new ArrayList<>();
    final TapWireOps ops = new TapWireOps();
    final Wire wire;
    int room = Integer.MAX_VALUE;
    int refusals;
    boolean rung;
    boolean linkUp = true;
    boolean removed;
    private @Nullable Engine engine;
    private @Nullable CpuIdle idle;

    WireBench(Map<String, String> options) throws NetException {
        wire = ops.create(context(), options(options));
        wire.attach(this);
    }

    static Options options(Map<String, String> texts) {
        Options.Builder b = TapOptions.SCHEMA.values();
        texts.forEach(b::set);
        return b.build();
    }

    private WireContext context() {
        WireContext context = mock(WireContext.class);
        Engines engines = mock(Engines.class);
        Cpus cpus = mock(Cpus.class);
        when(engines.add(any(), any())).thenAnswer(call -> {
            engine = call.getArgument(1);
            return this;
        });
        org.mockito.Mockito.doAnswer(call -> {
                    idle = call.getArgument(1);
                    return null;
                })
                .when(cpus)
                .idleWith(org.mockito.ArgumentMatchers.eq(0), any());
        when(context.engines()).thenReturn(engines);
        when(context.cpus()).thenReturn(cpus);
        when(context.sync()).thenReturn(new TestHost().sync());
        return context;
    }

    CpuIdle idle() {
        return java.util.Objects.requireNonNull(idle);
    }

    void run() {
        rung = false;
        while (java.util.Objects.requireNonNull(engine).doWork(0) > 0) {}
    }

    /// Waits as an idle CPU does and runs what was rung, until a frame of this type came.
    byte[] await(int etherType) {
        for (int i = 0; i < 100; i++) {
            run();
            for (byte[] f : received) {
                if (type(f) == etherType) {
                    return f;
                }
            }
            idle().idle(1_000_000_000L);
        }
        throw new AssertionError("no frame of type " + Integer.toHexString(etherType) + " came");
    }

    static int type(byte[] frame) {
        return (frame[12] & 0xFF) << 8 | frame[13] & 0xFF;
    }

    int send(byte[] frame) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, frame);
            FrameBatch batch = new FrameBatch(1, 2);
            batch.clear();
            batch.addPiece(bytes, 0, 20);
            batch.addPiece(bytes, 20, frame.length - 20);
            batch.endFrame();
            return wire.transmit(batch);
        }
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
        refusals += n < batch.size() ? 1 : 0;
        return n;
    }

    @Override
    public void resume() {}

    @Override
    public void linkChanged(boolean up) {
        linkUp = up;
    }

    @Override
    public void ring() {
        rung = true;
    }

    @Override
    public void remove() {
        removed = true;
    }
}
