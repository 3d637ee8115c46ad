package dev.netstack4j.testkit.kit.lab;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wire whose far end is the kit. It takes every frame that the device sends, unless it is told to be busy, and
/// brings the device the frames of the kit.
public final class LabWire implements Wire, Engine {
    private static final int BATCH = 64;

    private final EngineHandle handle;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<byte[]> sent = new ArrayList<>();
    private final Object pushing = new Object();
    private volatile @Nullable WireReceiver device;
    private volatile boolean busy;
    private volatile boolean up = true;
    private volatile boolean closed;
    private boolean pushes = true;
    private int room = Integer.MAX_VALUE;
    private long taken;

    private record Pending(byte[] frame, int flags) {}

    LabWire(WireContext context) {
        handle = context.engines().add("kit's wire", this);
    }

    // ---- the kit's side

    /// Sends a frame to the device.
    public void send(byte[] frame) {
        send(frame, 0);
    }

    /// Sends a frame to the device.
    ///
    /// @param flags of [FrameBatch]
    public void send(byte[] frame, int flags) {
        synchronized (this) {
            pending.add(new Pending(frame, flags));
        }
        handle.ring();
    }

    /// Brings what waits to the device at once, in the caller's turn, who may hold a CPU: not for a device in software,
    /// which may take a CPU itself.
    public void pushNow() {
        if (pushes) {
            push();
        }
    }

    /// The device is one in software.
    void pushesNot() {
        pushes = false;
    }

    /// Frames of the kit that the device has not taken yet.
    public synchronized int waiting() {
        return pending.size();
    }

    /// Frames that the device took, good and bad.
    public synchronized long taken() {
        return taken;
    }

    /// Frames that the device has sent, oldest first; they are forgotten here.
    public synchronized List<byte[]> takeSent() {
        List<byte[]> all = new ArrayList<>(sent);
        sent.clear();
        return all;
    }

    /// How many frames the device has sent that were not taken yet.
    public synchronized int sentCount() {
        return sent.size();
    }

    /// Takes nothing more from the device, or goes on.
    public void busy(boolean on) {
        busy = on;
        WireReceiver d = device;
        if (!on && d != null) {
            d.resume();
        }
    }

    /// Takes at most so many frames, then is busy.
    public synchronized void takeOnly(int frames) {
        room = frames;
    }

    /// Takes or gives the link.
    public void link(boolean on) {
        up = on;
        WireReceiver d = device;
        if (d != null) {
            d.linkChanged(on);
        }
    }

    // ---- the device's side

    @Override
    public void attach(WireReceiver receiver) {
        device = receiver;
        receiver.linkChanged(up);
    }

    @Override
    public synchronized int transmit(FrameBatch batch) {
        int n = busy ? 0 : Math.min(batch.size(), room);
        for (int f = 0; f < n; f++) {
            byte[] copy = new byte[batch.frameLength(f)];
            batch.copyFrame(f, MemorySegment.ofArray(copy), 0, copy.length);
            sent.add(copy);
        }
        room -= room == Integer.MAX_VALUE ? 0 : n;
        busy |= room == 0;
        return n;
    }

    @Override
    public void resume() {
        handle.ring();
    }

    @Override
    public boolean isUp() {
        return up && device != null;
    }

    @Override
    public int doWork(long nowNanos) {
        return push();
    }

    private int push() {
        synchronized (pushing) {
            WireReceiver d = device;
            if (d == null || !up || closed) {
                return 0;
            }
            FrameBatch batch = batch();
            if (batch.size() == 0) {
                return 0;
            }
            int n = d.receive(batch);
            synchronized (this) {
                for (int i = 0; i < n; i++) {
                    pending.removeFirst();
                }
                taken += n;
            }
            return n;
        }
    }

    private synchronized FrameBatch batch() {
        FrameBatch batch = new FrameBatch(BATCH, BATCH);
        batch.clear();
        for (Pending p : pending) {
            if (!batch.hasRoom(1)) {
                break;
            }
            batch.addPiece(MemorySegment.ofArray(p.frame), 0, p.frame.length);
            batch.endFrame(p.flags, 0, 0, FrameBatch.GSO_NONE, 0, 0);
        }
        return batch;
    }

    @Override
    public void close() {
        closed = true;
        device = null;
        handle.remove();
    }
}
