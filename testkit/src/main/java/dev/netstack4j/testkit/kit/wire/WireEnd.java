package dev.netstack4j.testkit.kit.wire;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Clock;
import dev.netstack4j.testkit.kit.Trial;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// One end of the wire under judgement, with the kit as its device.
final class WireEnd implements WireReceiver {
    final Wire wire;
    private final String name;
    private final Trial trial;
    private final Clock clock;
    private final List<Arrival> got = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<Boolean> links = new ArrayList<>();
    private Runnable onFrame = () -> {};
    private int room = Integer.MAX_VALUE;
    private int resumes;
    private boolean closed;
    private boolean upAtOnce;
    private int afterClose;
    private int takes;

    /// A frame that came, and what was said of it.
    record Arrival(byte[] bytes, int flags, int csumStart, int csumOffset, int gsoType, int gsoSize, int headerLength) {
        private static Arrival of(FrameBatch b, int f, byte[] bytes) {
            return new Arrival(
                    bytes, b.flags(f), b.csumStart(f), b.csumOffset(f), b.gsoType(f), b.gsoSize(f), b.headerLength(f));
        }
    }

    WireEnd(String name, Wire wire, Clock clock, Trial trial) {
        this.name = name;
        this.trial = trial;
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
                got.add(Arrival.of(batch, f, copy));
                times.add(clock.nanos());
            }
            room -= room == Integer.MAX_VALUE ? 0 : n;
            trial.event("%d %s is given %d frames and takes %d", clock.nanos(), name, batch.size(), n);
        }
        for (int f = 0; f < n; f++) {
            onFrame.run();
        }
        return n;
    }

    @Override
    public int offloads() {
        return takes;
    }

    @Override
    public synchronized void resume() {
        afterClose += closed ? 1 : 0;
        resumes++;
        trial.event("%d %s may send again", clock.nanos(), name);
    }

    @Override
    public synchronized void linkChanged(boolean up) {
        afterClose += closed ? 1 : 0;
        links.add(up);
        trial.event("%d %s is told that the link is %s", clock.nanos(), name, up ? "up" : "down");
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
        int n = wire.transmit(batch);
        trial.event("%d %s sends %d frames, of which %d are taken", clock.nanos(), name, frames.size(), n);
        return n;
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
            trial.event("%d %s is closed", clock.nanos(), name);
        }
        wire.close();
    }

    synchronized int count() {
        return got.size();
    }

    synchronized List<byte[]> take() {
        List<byte[]> all = new ArrayList<>(got.stream().map(Arrival::bytes).toList());
        got.clear();
        return all;
    }

    synchronized List<Arrival> arrivals() {
        return new ArrayList<>(got);
    }

    /// Before it is attached: says what the device takes.
    void takes(int offloads) {
        takes = offloads;
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
