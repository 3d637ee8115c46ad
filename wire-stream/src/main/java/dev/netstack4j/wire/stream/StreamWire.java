package dev.netstack4j.wire.stream;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.api.runtime.SpinLock;
import dev.netstack4j.api.runtime.StackRuntime;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A Unix stream socket as a wire: up while a peer is connected. Its engine reads until nothing is there; frames that
/// the device does not take wait here, and the socket is not read meanwhile, so the peer is held up. Frames that the
/// peer does not take hold up the device. Without a peer they are lost, and so are those that the framing cannot carry:
/// damaged, too short or too long. An end that connects does so once.
final class StreamWire implements Wire, Engine, Doorkeeper.Events {
    private static final int BATCHES_PER_RUN = 4;

    private final Path path;
    private final StackRuntime runtime;
    private final Doorkeeper doorkeeper;
    private final SpinLock lock;
    private final EngineHandle handle;
    private StackRuntime.@Nullable AppThread thread;
    private volatile @Nullable WireReceiver receiver;
    private boolean closed; // of close() alone
    private volatile boolean holding; // set by the engine, cleared by resume()
    private boolean blocked; // frames were refused; under the lock
    private long lost; // under the lock
    private long malformed; // under the lock

    StreamWire(WireContext context, StreamOptions options, Endpoint endpoint) throws IOException {
        path = options.path();
        runtime = context.runtime();
        lock = context.sync().spinLock("stream " + path);
        doorkeeper = new Doorkeeper(endpoint, this);
        handle = context.engines().add("stream " + path, this);
    }

    @Override
    public void attach(WireReceiver device) {
        receiver = device;
        thread = runtime.start("stream " + path, doorkeeper::run);
    }

    @Override
    public int transmit(FrameBatch batch) {
        lock.lock();
        try {
            Peer p = doorkeeper.peer();
            if (p == null) {
                lost += batch.size();
                return batch.size();
            }
            int taken = p.send(batch);
            lost += p.takeLost();
            blocked |= taken < batch.size();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void resume() {
        holding = false;
        handle.ring();
    }

    @Override
    public int doWork(long nowNanos) {
        WireReceiver device = receiver;
        if (device == null) {
            return 0;
        }
        Peer p = doorkeeper.peer();
        if (hasRoomAgain(p)) {
            device.resume();
        }
        int moved = 0;
        for (int i = 0; p != null && i < BATCHES_PER_RUN && !holding; i++) {
            int n = deliver(p, device);
            if (n == 0) {
                break;
            }
            moved += n;
        }
        return moved;
    }

    /// Whether frames were refused and can be taken now: by the peer, or, if there is none, by nobody.
    private boolean hasRoomAgain(@Nullable Peer p) {
        lock.lock();
        try {
            boolean room = p == null || p.flush();
            boolean again = room && blocked;
            blocked &= !room;
            return again;
        } finally {
            lock.unlock();
        }
    }

    private int deliver(Peer p, WireReceiver device) {
        FrameBatch batch = p.received();
        int offered = batch.size();
        if (offered == 0) {
            return 0;
        }
        holding = true; // before the call: the device may resume at once
        int taken = device.receive(batch);
        p.taken(taken);
        if (taken == offered) {
            holding = false;
        }
        return taken;
    }

    @Override
    public void ready() {
        handle.ring();
    }

    @Override
    public void peerCame() {
        tell(true);
    }

    @Override
    public void peerLeft(Peer gone) {
        if (gone.isMalformed()) {
            lock.lock();
            malformed++;
            lock.unlock();
        }
        tell(false);
    }

    private void tell(boolean up) {
        WireReceiver device = receiver;
        if (device != null) {
            device.linkChanged(up);
        }
        handle.ring();
    }

    @Override
    public boolean isUp() {
        return doorkeeper.peer() != null;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        doorkeeper.stop();
        StackRuntime.AppThread t = thread;
        if (t != null) {
            t.join();
        }
        handle.remove();
        try {
            doorkeeper.close();
        } catch (IOException e) {
            System.getLogger(StreamWire.class.getName()).log(System.Logger.Level.WARNING, "close " + path, e);
        }
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return "stream " + path + (isUp() ? "" : " (no peer)") + ", lost " + lost + ", malformed " + malformed;
        } finally {
            lock.unlock();
        }
    }
}
