package dev.netstack4j.bus.qemu.frames;

import dev.netstack4j.api.hardware.BusContext;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.bus.qemu.qtest.Control;
import dev.netstack4j.bus.qemu.qtest.SocketThread;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// Moves frames between the socket of the device and its wire. Where one side does not take more, the other is not read
/// meanwhile, so that nothing is lost here. Frames that arrived damaged, and those that are no frames at all, are
/// dropped, as a network card does; QEMU's models have no way to be told of them.
public final class FramePump implements Engine, WireReceiver {
    private static final System.Logger LOG = System.getLogger(FramePump.class.getName());
    private static final int BATCHES_PER_RUN = 4;

    private final Wire wire;
    private final Control control;
    private final SocketThread sockets;
    private final Arena arena = Arena.ofShared();
    private final Inbox inbox;
    /// Guarded by the lock, as hosts of other CPUs send, too.
    private final Outbox outbox;

    private final SpinLock lock;
    private final EngineHandle handle;
    private final SelectionKey key;
    private boolean wireHeld; // guarded by the lock
    private boolean ended; // guarded by the lock
    private volatile boolean deviceHeld; // set by the engine, cleared by resume()

    /// @param channel connected, not blocking
    public FramePump(
            String name, BusContext host, SocketChannel channel, SocketThread sockets, Control control, Wire wire)
            throws IOException {
        this.wire = wire;
        this.control = control;
        this.sockets = sockets;
        inbox = new Inbox(channel, arena);
        outbox = new Outbox(channel, arena);
        lock = host.sync().spinLock("frames " + name);
        handle = host.engines().add("frames " + name, this);
        key = sockets.add(channel, this::ready);
    }

    /// The socket has frames or room. Until the engine has looked, it is not waited for again.
    private boolean ready() {
        key.interestOps(0);
        handle.ring();
        return true;
    }

    // Device to wire

    @Override
    public int doWork(long nowNanos) {
        try {
            flush();
            return drain();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the device in QEMU is gone", e);
            return 0;
        }
    }

    private int drain() throws IOException {
        int moved = 0;
        for (int i = 0; i < BATCHES_PER_RUN && !deviceHeld; i++) {
            FrameBatch batch = inbox.frames();
            if (batch.size() == 0) {
                int n = inbox.fill();
                if (n == 0) {
                    sockets.waitFor(key, SelectionKey.OP_READ);
                }
                if (n <= 0) {
                    return moved;
                }
                batch = inbox.frames();
            }
            moved += deliver(batch);
        }
        return deviceHeld ? 0 : Math.max(moved, 1);
    }

    private int deliver(FrameBatch batch) {
        int offered = batch.size();
        if (offered == 0) {
            return 0;
        }
        deviceHeld = true; // before the call: the wire may resume at once
        int taken = wire.transmit(batch);
        inbox.taken(taken);
        if (taken == offered) {
            deviceHeld = false;
        }
        return taken;
    }

    @Override
    public void resume() {
        deviceHeld = false;
        handle.ring();
    }

    // Wire to device

    @Override
    public int receive(FrameBatch batch) {
        lock.lock();
        try {
            return ended ? batch.size() : take(batch);
        } catch (IOException e) {
            ended = true;
            return batch.size(); // a device that is gone takes no notice
        } finally {
            lock.unlock();
        }
    }

    private int take(FrameBatch batch) throws IOException {
        int taken = 0;
        while (taken < batch.size() && add(batch, taken)) {
            taken++;
        }
        outbox.flush();
        if (taken < batch.size()) {
            wireHeld = true;
        }
        if (!outbox.isEmpty()) {
            sockets.waitFor(key, SelectionKey.OP_WRITE);
        }
        return taken;
    }

    private boolean add(FrameBatch batch, int f) throws IOException {
        boolean damaged = (batch.flags(f) & FrameBatch.BAD_FCS) != 0;
        if (damaged || !Outbox.carries(batch.frameLength(f)) || outbox.add(batch, f)) {
            return true;
        }
        outbox.flush();
        return outbox.add(batch, f);
    }

    private void flush() throws IOException {
        boolean wireMayGoOn;
        lock.lock();
        try {
            if (ended) {
                return;
            }
            outbox.flush();
            wireMayGoOn = wireHeld && outbox.isEmpty();
            wireHeld &= !wireMayGoOn;
            if (!outbox.isEmpty()) {
                sockets.waitFor(key, SelectionKey.OP_WRITE);
            }
        } finally {
            lock.unlock();
        }
        if (wireMayGoOn) {
            wire.resume();
        }
    }

    @Override
    public void linkChanged(boolean up) {
        control.link(up);
    }

    /// Ends it: nothing is moved any more. Process context.
    public void close() {
        handle.remove();
        lock.lock();
        ended = true;
        lock.unlock();
        arena.close();
    }
}
