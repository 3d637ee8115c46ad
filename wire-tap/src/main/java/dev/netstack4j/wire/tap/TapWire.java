package dev.netstack4j.wire.tap;

import dev.netstack4j.api.error.Errno;
import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireReceiver;
import dev.netstack4j.api.runtime.Engine;
import dev.netstack4j.api.runtime.EngineHandle;
import dev.netstack4j.linux.tap.DescriptorWait;
import dev.netstack4j.linux.tap.PolledDescriptor;
import dev.netstack4j.linux.tap.Tap;
import dev.netstack4j.linux.tap.TapSettings;
import org.jspecify.annotations.Nullable;

/// One TAP as a wire. Its engine reads until the TAP is empty; frames that the device does not take wait here, and the
/// TAP is not polled meanwhile, so that the host's queue fills up and drops there. With virtio headers the host's
/// kernel takes super-frames and open checksums, and hands over such as the device takes.
final class TapWire implements Wire, Engine, PolledDescriptor {
    private static final int BATCHES_PER_RUN = 4;

    private final String name;
    private final Tap tap;
    private final boolean headers;
    private final TapReader reader;
    private final TapWriter writer;
    private final DescriptorWait waiting;
    private final EngineHandle handle;
    private @Nullable WireReceiver receiver;
    private volatile boolean holding; // set by the engine, cleared by resume()
    private volatile boolean blocked; // set by transmit(), cleared by the engine
    private volatile boolean up = true;
    private boolean closed; // under the control lock

    TapWire(WireContext context, TapSettings settings, Tap tap, DescriptorWait waiting) {
        this.name = settings.name();
        this.tap = tap;
        this.waiting = waiting;
        headers = settings.headers();
        reader = new TapReader(tap, settings.mtu(), headers);
        writer = new TapWriter(tap, headers);
        handle = context.engines().add("tap " + name, this);
    }

    @Override
    public int offloads() {
        return headers ? CAN_CSUM | CAN_TSO4 : 0;
    }

    @Override
    public void attach(WireReceiver device) {
        int takes = headers ? device.offloads() : 0;
        boolean superFrames = (takes & CAN_TSO4) != 0;
        if (tap.takes((takes & CAN_CSUM) != 0, superFrames) >= 0 && superFrames) {
            reader.expectSuperFrames();
        }
        receiver = device;
        waiting.add(this);
        handle.ring();
    }

    @Override
    public int transmit(FrameBatch batch) {
        int taken = up ? writer.write(batch) : batch.size();
        if (taken < batch.size()) {
            blocked = true; // until the descriptor says that there is room
            waiting.wake();
        } else {
            handle.ring(); // the host's answer to what was written is usually there already
        }
        return taken;
    }

    @Override
    public void resume() {
        holding = false;
        handle.ring();
    }

    @Override
    public int doWork(long nowNanos) {
        WireReceiver device = receiver;
        if (device == null || !up) {
            return 0;
        }
        if (blocked) {
            blocked = false;
            device.resume();
        }
        int moved = 0;
        for (int i = 0; i < BATCHES_PER_RUN && !holding; i++) {
            int n = deliver(device);
            if (n == 0) {
                break;
            }
            moved += n;
        }
        return moved;
    }

    private int deliver(WireReceiver device) {
        FrameBatch batch = reader.fill();
        int offered = batch.size();
        if (offered == 0) {
            holding = false;
            checkFailure(device);
            return 0;
        }
        holding = true; // before the call: the device may resume at once
        int taken = device.receive(batch);
        reader.taken(taken);
        if (taken == offered) {
            holding = false;
        }
        return taken;
    }

    private void checkFailure(WireReceiver device) {
        int failure = reader.failure();
        if (failure < 0 && failure != Errno.EAGAIN.negative() && failure != Errno.EINTR.negative()) {
            up = false; // somebody removed the TAP
            waiting.wake();
            device.linkChanged(false);
        }
    }

    @Override
    public int fd() {
        return tap.fd();
    }

    @Override
    public int wantedEvents() {
        return up ? (holding ? 0 : READABLE) | (blocked ? WRITABLE : 0) : 0;
    }

    @Override
    public void ready() {
        handle.ring();
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        up = false;
        waiting.remove(this);
        handle.remove();
        tap.close();
    }

    @Override
    public String toString() {
        return "tap " + name + (up ? "" : " (gone)") + ", lost " + writer.lost() + ", too long " + reader.tooLong();
    }
}
