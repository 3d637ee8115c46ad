package dev.netstack4j.systemtests.kits.wire;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One end of a wire: it keeps copies of what goes to its device, and an engine delivers them. For virtual time.
final class PlainWire implements Wire, Engine {
    private static final int MOST = 128;

    private final WireDefect defect;
    private final Pair pair;
    private final EngineHandle engine;
    private final Deque<Frame> towards = new ArrayDeque<>();
    private long dueNanos = NEVER;
    private @Nullable WireReceiver device;
    private boolean delivering;
    private boolean blocked;
    private boolean told;
    private boolean senderHeld;
    private boolean closed;
    private long carried;

    /// The two ends that have met.
    static final class Pair {
        private @Nullable PlainWire first;
        private @Nullable PlainWire second;

        private @Nullable PlainWire other(PlainWire end) {
            return end == first ? second : first;
        }
    }

    private record Frame(byte[] bytes, @Nullable MemorySegment kept, long at, int flags, PlainOffload left) {
        MemorySegment segment() {
            return kept == null ? MemorySegment.ofArray(bytes) : kept.asSlice(at, bytes.length);
        }
    }

    PlainWire(WireContext context, Pair pair, WireDefect defect) {
        this.defect = defect;
        this.pair = pair;
        this.engine = context.engines().add("plain wire", this);
        if (pair.first == null) {
            pair.first = this;
        } else {
            pair.second = this;
        }
    }

    private boolean has(WireDefect d) {
        return defect == d;
    }

    // ---- link

    @Override
    public void attach(WireReceiver receiver) {
        device = receiver;
        changed();
    }

    private void changed() {
        tell();
        PlainWire other = pair.other(this);
        if (other != null) {
            other.tell();
        }
    }

    private void tell() {
        WireReceiver d = device;
        if (d != null && !has(WireDefect.TELLS_NOBODY) && (told != isUp() || has(WireDefect.REPEATS_LINK))) {
            told = isUp();
            d.linkChanged(told);
        }
    }

    @Override
    public boolean isUp() {
        PlainWire other = pair.other(this);
        return device != null && (has(WireDefect.UP_ALONE) || other != null && other.device != null);
    }

    // ---- frames

    @Override
    public int offloads() {
        return CAN_CSUM | CAN_TSO4;
    }

    @Override
    public int transmit(FrameBatch batch) {
        PlainWire other = pair.other(this);
        if (other == null || other.device == null) {
            if (has(WireDefect.THROWS_ALONE)) {
                throw new IllegalStateException("nobody is there");
            }
            return batch.size();
        }
        if (batch.size() == 0) {
            return has(WireDefect.TAKES_NONE_WRONG) ? 1 : 0;
        }
        if (has(WireDefect.NOT_REENTRANT) && other.pair.other(other) != null && (delivering || other.delivering)) {
            return 0;
        }
        if (has(WireDefect.ONE_BLOCKS_BOTH) && blocked) {
            return 0;
        }
        return other.accept(batch);
    }

    private int accept(FrameBatch batch) {
        int n = 0;
        while (n < batch.size() && towards.size() < MOST) {
            add(batch, n++);
        }
        senderHeld |= n < batch.size();
        engine.ring();
        return has(WireDefect.OVERSTATES) ? batch.size() : n;
    }

    private void add(FrameBatch batch, int f) {
        carried++;
        int length = batch.frameLength(f);
        if (has(WireDefect.THROWS_ON_LONG) && length > 20_000) {
            throw new IndexOutOfBoundsException(length);
        }
        if (has(WireDefect.LOSES_RARELY) && carried % 500 == 499) {
            return;
        }
        int pieces = batch.firstPiece(f + 1) - batch.firstPiece(f);
        if (has(WireDefect.FIRST_PIECE) && pieces > 5) {
            length -= batch.pieceLength(batch.firstPiece(f + 1) - 1);
        }
        byte[] bytes = new byte[has(WireDefect.SHORTENS) && length > 1500 ? length - 1 : length];
        batch.copyFrame(f, MemorySegment.ofArray(bytes), 0, bytes.length);
        PlainOffload left = PlainOffload.of(batch, f);
        if (left.isOpen() && !left.isTakenBy(device)) {
            left.finish(bytes, defect)
                    .forEach(b -> towards.add(new Frame(b, null, 0, left.flags(defect), PlainOffload.NONE)));
            return;
        }
        int flags = has(WireDefect.HEALS)
                ? 0
                : batch.flags(f) & ~(has(WireDefect.FORGETS_OPEN) ? FrameBatch.NEEDS_CSUM : 0);
        flags |= has(WireDefect.INVENTS_OFFLOADS) ? FrameBatch.NEEDS_CSUM : 0;
        boolean keeps = has(WireDefect.KEEPS_MEMORY) && pieces == 1;
        int p = batch.firstPiece(f);
        Frame frame =
                new Frame(bytes, keeps ? batch.pieceSegment(p) : null, keeps ? batch.pieceOffset(p) : 0, flags, left);
        if (has(WireDefect.REORDERS) && carried % 20 == 7 && !towards.isEmpty()) {
            towards.addFirst(frame);
        } else {
            towards.add(frame);
        }
        if (has(WireDefect.DOUBLES) && carried % 50 == 7) {
            towards.add(frame);
        }
    }

    @Override
    public int doWork(long nowNanos) {
        WireReceiver d = device;
        if (d == null || blocked || towards.isEmpty() || isEarly(nowNanos)) {
            return 0;
        }
        FrameBatch batch = new FrameBatch(MOST, MOST);
        batch.clear();
        for (Frame f : towards) {
            if (batch.hasRoom(1)) {
                batch.addPiece(f.segment(), 0, f.bytes.length);
                f.left.end(batch, f.flags, defect);
            }
        }
        delivering = true;
        int n = d.receive(batch);
        delivering = false;
        blocked = n < batch.size();
        int gone = has(WireDefect.FORGETS_HELD) ? batch.size() : n;
        gone -= has(WireDefect.REPEATS_HELD) && blocked && n > 0 ? 1 : 0;
        for (int i = 0; i < gone; i++) {
            towards.removeFirst();
        }
        letSenderGoOn();
        return n;
    }

    /// Real time says how long frames lie here.
    private boolean isEarly(long nowNanos) {
        if (has(WireDefect.OWN_TIME) && dueNanos == NEVER) {
            dueNanos = nowNanos + 1 + Math.floorMod(System.nanoTime(), 1_000_000);
        }
        boolean early = dueNanos != NEVER && nowNanos < dueNanos;
        dueNanos = early ? dueNanos : NEVER;
        return early;
    }

    @Override
    public long nextDeadlineNanos() {
        return dueNanos;
    }

    private void letSenderGoOn() {
        PlainWire other = pair.other(this);
        if (senderHeld && towards.size() < MOST / 2 && other != null && other.device != null) {
            senderHeld = false;
            if (!has(WireDefect.NEVER_RESUMES)) {
                other.device.resume();
            }
        }
    }

    @Override
    public void resume() {
        blocked = false;
        if (has(WireDefect.REPEATS_LINK)) {
            tell();
        }
        engine.ring();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!has(WireDefect.TALKS_AFTER_CLOSE)) {
            device = null;
            changed();
            engine.remove();
        }
        towards.clear();
    }
}
