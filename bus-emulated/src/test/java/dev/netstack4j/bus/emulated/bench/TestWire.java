package dev.netstack4j.bus.emulated.bench;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wire whose other end is the test.
public final class TestWire implements Wire {
    /// Frames that came out.
    public final List<byte[]> sent = new ArrayList<>();
    /// Their flags.
    public final List<Integer> flags = new ArrayList<>();
    /// Their segment sizes, 0 where they stand for themselves.
    public final List<Integer> segmentSizes = new ArrayList<>();
    /// Sizes of the batches that came.
    public final List<Integer> batches = new ArrayList<>();
    /// How many more frames it takes.
    public int room = Integer.MAX_VALUE;
    /// How often the device said that it has room again.
    public int resumed;
    /// What [#offloads] says.
    public int offloads;
    private boolean up = true;
    private @Nullable WireReceiver device;
    private final Arena arena = Arena.ofAuto();

    public WireReceiver device() {
        WireReceiver d = device;
        if (d == null) {
            throw new IllegalStateException("nothing is plugged in");
        }
        return d;
    }

    @Override
    public void attach(WireReceiver receiver) {
        device = receiver;
        receiver.linkChanged(up);
    }

    @Override
    public int transmit(FrameBatch batch) {
        batches.add(batch.size());
        int n = Math.min(room, batch.size());
        room -= n;
        for (int f = 0; f < n; f++) {
            byte[] bytes = new byte[batch.frameLength(f)];
            batch.copyFrame(f, MemorySegment.ofArray(bytes), 0, bytes.length);
            sent.add(bytes);
            flags.add(batch.flags(f));
            segmentSizes.add(batch.gsoType(f) == FrameBatch.GSO_NONE ? 0 : batch.gsoSize(f));
        }
        return n;
    }

    /// A TCP super-frame for the device, its checksum left open.
    ///
    /// @return whether it took it
    public boolean injectWhole(byte[] frame, int mss) {
        byte[] open = frame.clone();
        Bytes.put16(open, 50, Bytes.pseudo(open, 14, open.length - 34));
        FrameBatch b = new FrameBatch(1, 1);
        b.clear();
        b.addPiece(MemorySegment.ofArray(open), 0, open.length);
        b.endFrame(FrameBatch.NEEDS_CSUM, 34, 16, FrameBatch.GSO_TCPV4, mss, 54);
        return device().receive(b) == 1;
    }

    /// Takes frames again.
    public void open() {
        room = Integer.MAX_VALUE;
        device().resume();
    }

    public void link(boolean now) {
        up = now;
        device().linkChanged(now);
    }

    /// Frames for the device, each in pieces of at most `piece` bytes.
    ///
    /// @return how many it took
    public int inject(int piece, int frameFlags, byte[]... frames) {
        FrameBatch b = new FrameBatch(frames.length, 1000);
        for (byte[] frame : frames) {
            MemorySegment copy = arena.allocate(Math.max(1, frame.length));
            MemorySegment.copy(frame, 0, copy, ValueLayout.JAVA_BYTE, 0, frame.length);
            for (int at = 0; at < frame.length; at += piece) {
                b.addPiece(copy, at, Math.min(piece, frame.length - at));
            }
            b.endFrame(frameFlags, 0, 0, FrameBatch.GSO_NONE, 0, 0);
        }
        return device().receive(b);
    }

    public int inject(byte[]... frames) {
        return inject(4096, 0, frames);
    }

    @Override
    public void resume() {
        resumed++;
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public int offloads() {
        return offloads;
    }

    @Override
    public void close() {}
}
