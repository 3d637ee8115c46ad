package dev.netstack4j.bus.emulated.cable;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireContext;
import dev.netstack4j.api.hardware.WireReceiver;
import org.jspecify.annotations.Nullable;

/// One end of a cable.
final class CableEnd implements Wire {
    private final Cable cable;
    private final @Nullable DelayLine line;
    private volatile @Nullable WireReceiver device;
    private volatile @Nullable CableEnd peer;
    private boolean told;
    private boolean closed;

    CableEnd(Cable cable, String name, WireContext context, Shape shape) {
        this.cable = cable;
        this.line = shape.isDirect() ? null : new DelayLine(this, name, context, shape);
    }

    void peer(@Nullable CableEnd now) {
        peer = now;
    }

    @Override
    public void attach(WireReceiver receiver) {
        device = receiver;
        cable.changed(this, false);
    }

    @Override
    public boolean isUp() {
        CableEnd p = peer;
        return p != null && p.device != null && device != null;
    }

    /// Tells the device when the link has changed. Process context.
    void tell() {
        WireReceiver d = device;
        boolean up = isUp();
        if (d != null && up != told) {
            told = up;
            d.linkChanged(up);
        }
    }

    @Override
    public int transmit(FrameBatch batch) {
        return line == null ? deliver(batch) : line.accept(batch);
    }

    /// Hands frames to the device at the other end. Without one they are lost.
    int deliver(FrameBatch batch) {
        CableEnd p = peer;
        WireReceiver d = p == null ? null : p.device;
        return d == null ? batch.size() : d.receive(batch);
    }

    /// This end's device has room again: the other end's direction goes on.
    @Override
    public void resume() {
        CableEnd p = peer;
        if (p == null) {
            return;
        }
        if (p.line != null) {
            p.line.resume();
        } else {
            p.resumeDevice();
        }
    }

    /// This end's device may send again.
    void resumeDevice() {
        WireReceiver d = device;
        if (d != null) {
            d.resume();
        }
    }

    /// Undoes the constructor.
    void discard() {
        if (line != null) {
            line.close();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        device = null;
        cable.changed(this, true);
        discard();
    }
}
