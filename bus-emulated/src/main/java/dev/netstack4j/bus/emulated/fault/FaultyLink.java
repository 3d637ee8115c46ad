package dev.netstack4j.bus.emulated.fault;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import org.jspecify.annotations.Nullable;

/// A device's connector, which can lose its contact: then nothing passes either way, and the device sees no link
/// whatever happens beyond. The other end notices nothing.
public final class FaultyLink implements Wire {
    private final Wire inner;
    private volatile boolean cut;
    private volatile @Nullable WireReceiver device;

    /// @param inner the wire that the device was plugged in with
    public FaultyLink(Wire inner) {
        this.inner = inner;
    }

    void cut(boolean now) {
        cut = now;
        WireReceiver d = device;
        if (d != null && inner.isUp()) {
            d.linkChanged(!now);
        }
    }

    /// The device looks again at what it can send.
    void resumeDevice() {
        WireReceiver d = device;
        if (d != null) {
            d.resume();
        }
    }

    @Override
    public void attach(WireReceiver receiver) {
        device = receiver;
        inner.attach(new DeviceSide(receiver));
    }

    @Override
    public int transmit(FrameBatch batch) {
        return cut ? batch.size() : inner.transmit(batch);
    }

    @Override
    public void resume() {
        inner.resume();
    }

    @Override
    public boolean isUp() {
        return !cut && inner.isUp();
    }

    @Override
    public int offloads() {
        return inner.offloads();
    }

    @Override
    public void close() {
        inner.close();
    }

    /// What the wire sees of the device.
    private final class DeviceSide implements WireReceiver {
        private final WireReceiver receiver;

        DeviceSide(WireReceiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public int receive(FrameBatch batch) {
            return cut ? batch.size() : receiver.receive(batch);
        }

        @Override
        public int offloads() {
            return receiver.offloads();
        }

        @Override
        public void resume() {
            receiver.resume();
        }

        @Override
        public void linkChanged(boolean up) {
            if (!cut) {
                receiver.linkChanged(up);
            }
        }
    }
}
