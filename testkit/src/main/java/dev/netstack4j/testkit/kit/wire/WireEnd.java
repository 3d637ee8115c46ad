package dev.netstack4j.testkit.kit.wire;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Clock;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// One end of the wire under judgement, with the kit as its device.
final class WireEnd implements WireReceiver {
    final Wire wire;
    private final Clock clock;
    private final List<byte[]> got = new ArrayList<>();
    private final List<Integer> flags = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<Boolean> links = new ArrayList<>();
    private Runnable onFrame = () -> {};
    private int room = Integer.MAX_VALUE;
    private int resumes;
    private boolean closed;
    private boolean upAtOnce;
    private int afterClose;

    WireEnd(Wire wire, Clock clock) {
        this.wire = wire;
        this.clock = clock;
    }

    void attach() {
        wire.attach(this);
        upAtOnce = wire.isUp();
    }

    /// Whether the device knows that the link is up: it was so when it was attached, or it was told last.
    synchronized boolean knowsThatItIsUp() {
        return links.isEmpty() ? upAtOnce : links.getLast();
    }

    // ---- the device's side

    @Override
    public int receive(FrameBatch batch) {
        int n;
        synchronized (this) {
            afterClose += closed ? 1 : 0;
            n = Math.min(batch.size(), room);
            for (int f = 0; f < n; f++) {
                byte[] copy = new byte[batch.frameLength(f)];
                batch.copyFrame(f, MemorySegment.ofArray(copy), 0, copy.length);
                got.add(copy);
                flags.add(batch.flags(f) | (batch.gsoType(f) == FrameBatch.GSO_NONE ? 0 : 256));
                times.add(clock.nanos());
            }
            room -= room == Integer.MAX_VALUE ? 0 : n;
        }
        for (int f = 0; f < n; f++) {
            onFrame.run();
        }
        return n;
    }

    @Override
    public synchronized void resume() {
        afterClose += closed ? 1 : 0;
        resumes++;
    }

    @Override
    public synchronized void linkChanged(boolean up) {
        afterClose += closed ? 1 : 0;
        links.add(up);
    }

    // ---- the kit's side

    /// Sends frames, a batch of one piece a frame.
    ///
    /// @return how many the wire said that it took
    int send(List<byte[]> frames) {
        FrameBatch batch = new FrameBatch(Math.max(1, frames.size()), Math.max(1, frames.size()));
        batch.clear();
        for (byte[] f : frames) {
            batch.addPiece(MemorySegment.ofArray(f), 0, f.length);
            batch.endFrame();
        }
        return wire.transmit(batch);
    }

    synchronized void takeOnly(int frames) {
        room = frames;
    }

    void takeAgain() {
        takeOnly(Integer.MAX_VALUE);
        wire.resume();
    }

    void onFrame(Runnable action) {
        onFrame = action;
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        wire.close();
    }

    synchronized int count() {
        return got.size();
    }

    synchronized List<byte[]> take() {
        List<byte[]> all = new ArrayList<>(got);
        got.clear();
        flags.clear();
        return all;
    }

    synchronized List<Integer> flags() {
        return new ArrayList<>(flags);
    }

    synchronized List<Long> times() {
        return new ArrayList<>(times);
    }

    synchronized List<Boolean> links() {
        return new ArrayList<>(links);
    }

    synchronized int resumes() {
        return resumes;
    }

    synchronized int afterClose() {
        return afterClose;
    }
}
