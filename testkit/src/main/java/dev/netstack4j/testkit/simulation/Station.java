package dev.netstack4j.testkit.simulation;

import dev.netstack4j.api.hardware.FrameBatch;
import dev.netstack4j.api.hardware.Wire;
import dev.netstack4j.api.hardware.WireReceiver;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A host's end of a link: the wire that its card is attached to.
final class Station implements Wire, Port {
    private final SimHost host;
    private final SimLink link;
    private final Network network;
    private final FrameBatch batch = new FrameBatch(1, 1);
    private final Queue<Frame> held = new ArrayDeque<>();
    private @Nullable WireReceiver card;
    private boolean told;

    Station(SimHost host, SimLink link, Network network) {
        this.host = host;
        this.link = link;
        this.network = network;
    }

    // ---- the card's side

    @Override
    public void attach(WireReceiver receiver) {
        card = receiver;
        link.changed();
    }

    @Override
    public int transmit(FrameBatch frames) {
        Direction out = link.outOf(host);
        for (int f = 0; f < frames.size(); f++) {
            byte[] bytes = new byte[frames.frameLength(f)];
            frames.copyFrame(f, MemorySegment.ofArray(bytes), 0, bytes.length);
            if (!out.send(new Frame(bytes, host.number(), (frames.flags(f) & FrameBatch.BAD_FCS) != 0, false))) {
                return f;
            }
        }
        return frames.size();
    }

    @Override
    public boolean isUp() {
        return link.isUp();
    }

    @Override
    public void close() {
        card = null;
        held.clear();
        link.changed();
    }

    // ---- the network's side

    @Override
    public boolean isThere() {
        return card != null;
    }

    @Override
    public void linkChanged() {
        WireReceiver c = card;
        boolean up = link.isUp();
        if (c != null && up != told) {
            told = up;
            c.linkChanged(up);
        }
    }

    @Override
    public void arrived(Frame frame) {
        if (!held.isEmpty() || !deliver(frame)) {
            held.add(frame); // the card asks for it with resume()
        }
    }

    private boolean deliver(Frame frame) {
        WireReceiver c = card;
        if (c == null) {
            return true;
        }
        batch.clear();
        batch.addPiece(MemorySegment.ofArray(frame.bytes()), 0, frame.bytes().length);
        batch.endFrame(frame.badFcs() ? FrameBatch.BAD_FCS : 0, 0, 0, FrameBatch.GSO_NONE, 0, 0);
        return c.receive(batch) == 1;
    }

    @Override
    public void roomInLink() {
        WireReceiver c = card;
        if (c != null) {
            c.resume();
        }
    }

    /// The card has room again.
    @Override
    public void resume() {
        network.at(network.now(), this::goOn);
    }

    private void goOn() {
        while (!held.isEmpty() && deliver(held.element())) {
            held.remove();
        }
    }
}
